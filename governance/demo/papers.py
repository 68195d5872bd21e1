"""Demo papers: founding and approval documents as files that can be opened."""

from governance.actions import add_document
from governance.models import Term, Upgrade
from notices.demo_files import page
from toolkit.uploads import validate_upload


def paper_for(owner: Term | Upgrade, number: str, about: str) -> None:
    """Put a paper of one page in for a term or an upgrade."""
    title = f"{number} {about}"
    lines = [f"关于{about}的批复", f"文号：{number}", "（演示文件）"]
    checked = validate_upload(page(title, lines), kinds=("pdf",))
    add_document(owner=owner, by=None, title=title, checked=checked)
