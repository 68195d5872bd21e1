from toolkit.reference import reference
from visits.rules import load_rules

reference("visit-rules", order=50)(load_rules)
