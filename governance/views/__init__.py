from governance.views.board import BoardView
from governance.views.disclosures import (
    DisclosuresView,
    posting_photo,
    voucher_file,
)

__all__ = ["BoardView", "DisclosuresView", "posting_photo", "voucher_file"]
