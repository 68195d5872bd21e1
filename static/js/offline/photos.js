/* The photos of a form: made small and sealed at once; until the form is handed in they
   can be seen on it and taken away again.

   yhPhotos.show(number)     those that belong to a number
   yhPhotos.settled()        once those in work are in the store */
(() => {
  "use strict";

  const { one, copy, fill, word } = yhPage;
  const { digest, shrunk } = yhTelling;
  const MOST = 3;
  // Pixels of the longer side of what is seen on the form.
  const SMALL = 240;
  const part = one("[data-yh-photo]");
  const input = one("[name=photo]", part);

  let number = "";
  let kept = Promise.resolve();

  async function draw(canvas, octets) {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(octets)]));
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext("2d").drawImage(picture, 0, 0);
    picture.close();
  }

  async function shot(photo, at) {
    const row = copy("shot");
    const canvas = one("canvas", row);
    canvas.setAttribute("aria-label", word("photo-nth", { number: at + 1 }));
    fill(row, "nth", word("photo-nth", { number: at + 1 }));
    const octets = await yhStore.smallOf(photo);
    canvas.hidden = !octets;
    if (octets) await draw(canvas, octets).catch(() => {});
    one("button", row).addEventListener("click", async () => {
      await yhStore.dropPhoto(photo.digest);
      await show(number);
    });
    return row;
  }

  async function show(own) {
    number = own;
    const photos = await yhStore.photosOf(own);
    const rows = await Promise.all(photos.sort((a, b) => a.at - b.at).map(shot));
    if (own !== number) return;
    const count = photos.length;
    one("[data-yh-photos]", part).textContent = count ? word("photos", { count }) : "";
    one("[data-yh-shots]", part).replaceChildren(...rows);
    input.disabled = count >= MOST;
  }

  /* The number is that of the form on which it was taken, whatever is open afterwards. */
  async function keep(files, own) {
    const { sealing } = await yhStore.owner();
    const room = MOST - (await yhStore.photosOf(own)).length;
    for (const file of files.slice(0, room)) {
      const octets = await shrunk(file).catch(() => null);
      if (!octets) continue;
      const small = await shrunk(new Blob([octets]), SMALL);
      const sealed = await yhSeal(octets, sealing, `yuhai sync photo\0${own}`);
      const photo = { client_uuid: own, digest: await digest(sealed), sealed };
      await yhStore.addPhoto({ ...photo, small: [...small] });
    }
    if (own === number) await show(own);
  }

  input.addEventListener("change", () => {
    const [files, own] = [[...input.files], number];
    input.value = "";
    kept = kept.then(() => keep(files, own)).catch(() => {});
  });

  self.yhPhotos = { show, settled: () => kept };
})();
