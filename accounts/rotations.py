"""The secrets of second factors are sealed anew when the key changes."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.factor_secrets import SECRET, open_secret, seal_secret
from toolkit.privacy.keys import KeyRing
from toolkit.privacy.rotation import Rotation, rotations
from toolkit.privacy.sealing import SealBroken


def rotate_secrets(ring: KeyRing, _batch: int) -> Rotation:
    """Seal every secret with the current key; there are a few for each person."""
    resealed, broken = 0, []
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            found = Authenticator.objects.select_for_update().get(pk=pk)
            try:
                fresh = resealed_of(found.data, ring)
            except SealBroken:
                broken.append(str(pk))
                continue
            if fresh:
                found.data |= fresh
                found.save(update_fields=["data"])
                resealed += len(fresh)
    return Rotation("mfa.authenticator.data", resealed, tuple(broken))


def resealed_of(data: dict, ring: KeyRing) -> dict[str, str]:
    """Return the secrets that another key sealed, sealed anew; raises SealBroken."""
    told = {name: data[name] for name in SECRET if data.get(name)}
    return {
        name: seal_secret(open_secret(token))
        for name, token in told.items()
        if not token.startswith(f"{ring.current}:")
    }


rotations.add("accounts.second_factors", rotate_secrets)
