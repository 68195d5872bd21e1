from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from toolkit.console import at_console, tell_run
from toolkit.privacy.rotation import BATCH, rotate


class Command(BaseCommand):
    help = "Re-seal every encrypted value with the first key of the key ring."

    def add_arguments(self, parser):
        parser.add_argument("--batch", type=int, default=BATCH)

    def handle(self, *args, batch, **options):
        if batch < 1:
            raise CommandError(_("批量大小须为正数。"), returncode=2)
        columns = rotate(batch)
        resealed = sum(column.resealed for column in columns)
        # After the batches, each of which is a transaction; also when some are broken.
        touched = [column.column for column in columns if column.resealed]
        with at_console("rotate_keys"):
            tell_run("rotate_keys", resealed, fields=touched)
        broken = [
            f"{column.column} {uid}" for column in columns for uid in column.broken
        ]
        if broken:
            raise CommandError(
                _(
                    "%(count)s 个密文打不开（密钥缺失或已被改动），"
                    "其余 %(resealed)s 个已换用新密钥。第一个：%(first)s"
                )
                % {"count": len(broken), "resealed": resealed, "first": broken[0]}
            )
        self.stdout.write(
            _("%(columns)s 列中的 %(resealed)s 个密文已换用当前密钥。")
            % {"columns": len(columns), "resealed": resealed}
        )
