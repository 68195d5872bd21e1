from notices.models.attachments import NoticeAttachment
from notices.models.editions import Edition
from notices.models.notices import (
    PHONES_BESIDE_OFFICE,
    Category,
    Notice,
    Status,
)

__all__ = [
    "PHONES_BESIDE_OFFICE",
    "Category",
    "Edition",
    "Notice",
    "NoticeAttachment",
    "Status",
]
