from accounts.roles import load_roles
from toolkit.reference import reference

reference("roles", order=90)(load_roles)
