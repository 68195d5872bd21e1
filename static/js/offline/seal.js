/* Close an item into an envelope that the portal alone can open.

   HPKE (RFC 9180), base mode, one message: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256,
   AES-256-GCM. The private half of the key made here is never kept, so the phone cannot
   read what it has sealed.

   yhSeal(text or octets, {id, point}, info) -> "k1.base64url(encapsulated key ‖ ciphertext)" */
(() => {
  "use strict";

  const utf8 = (text) => new TextEncoder().encode(text);
  const number16 = (value) => Uint8Array.of(value >> 8, value & 255);
  const KEM = Uint8Array.of(...utf8("KEM"), 0, 0x10);
  const SUITE = Uint8Array.of(...utf8("HPKE"), 0, 0x10, 0, 0x01, 0, 0x02);
  const VERSION = utf8("HPKE-v1");
  const NOTHING = new Uint8Array();
  // What HMAC makes of an empty key, which a browser refuses to import.
  const NO_SALT = new Uint8Array(32);
  const CURVE = { name: "ECDH", namedCurve: "P-256" };

  function joined(...parts) {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  async function hmac(key, data) {
    const hash = { name: "HMAC", hash: "SHA-256" };
    const imported = await crypto.subtle.importKey("raw", key, hash, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", imported, data));
  }

  const extract = (suite, salt, label, secret) =>
    hmac(salt, joined(VERSION, suite, utf8(label), secret));

  // Nothing here is longer than one block of SHA-256.
  async function expand(suite, key, label, info, length) {
    const asked = joined(number16(length), VERSION, suite, utf8(label), info);
    return (await hmac(key, joined(asked, Uint8Array.of(1)))).slice(0, length);
  }

  async function sharedSecret(point) {
    const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
    const theirs = await crypto.subtle.importKey("raw", point, CURVE, false, []);
    const agreed = { name: "ECDH", public: theirs };
    const bits = new Uint8Array(await crypto.subtle.deriveBits(agreed, own.privateKey, 256));
    const enclosed = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
    const first = await extract(KEM, NO_SALT, "eae_prk", bits);
    const context = joined(enclosed, point);
    return [enclosed, await expand(KEM, first, "shared_secret", context, 32)];
  }

  async function schedule(shared, info) {
    const context = joined(
      Uint8Array.of(0),
      await extract(SUITE, NO_SALT, "psk_id_hash", NOTHING),
      await extract(SUITE, NO_SALT, "info_hash", info),
    );
    const secret = await extract(SUITE, shared, "secret", NOTHING);
    return [
      await expand(SUITE, secret, "key", context, 32),
      await expand(SUITE, secret, "base_nonce", context, 12),
    ];
  }

  function fromBase64(text) {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  function toBase64(octets) {
    let plain = "";
    // A function takes only so many arguments at once.
    for (let at = 0; at < octets.length; at += 8192) {
      plain += String.fromCharCode(...octets.subarray(at, at + 8192));
    }
    return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }

  self.yhSeal = async (told, { id, point }, info) => {
    const plain = typeof told === "string" ? utf8(told) : told;
    const [enclosed, shared] = await sharedSecret(fromBase64(point));
    const [octets, iv] = await schedule(shared, utf8(info));
    const key = await crypto.subtle.importKey("raw", octets, "AES-GCM", false, ["encrypt"]);
    const hidden = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
    return `${id}.${toBase64(joined(enclosed, new Uint8Array(hidden)))}`;
  };
})();
