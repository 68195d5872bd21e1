"""Nothing is forgotten: what an app has is registered, or its absence explained.

The contract tests run over registries, so a forgotten `@register` would only make
fewer tests run. These tests notice.
"""

import pytest
from django.apps import apps

from tests.architecture.test_imports import LEVEL
from tests.factories import FACTORIES
from toolkit.screens import screens
from toolkit.url_policies import every_route
from toolkit.workflow import workflows

WITHOUT_SCREENS = {
    "toolkit.auditevent": "read through its proxy, accounts.Trail",
    "toolkit.auditseal": "the chain over the audit trail; verify_audit reads it",
    "toolkit.unsealedevent": "what the next sealing of the audit trail has to do",
    "toolkit.historyentry": "shown on the page of its subject",
    "toolkit.phonelease": "given with the day's list, ended with the sign-in",
    "toolkit.syncphoto": "shown on the page of what it belongs to",
    "toolkit.syncitem": "shown by the proxy of its kind, such as visits.HandedIn",
    "toolkit.job": "a progress page of its own, for whoever ordered it",
    "toolkit.calendarday": "edited through its proxy, communities.OfficeDay",
    "toolkit.clocklimit": "edited through its proxy, communities.OfficeLimit",
    "accounts.roleprofile": "data of accounts/data/roles.toml",
    "accounts.usedpassword": "hashes, asked when a password is chosen, never shown",
    "accounts.takencode": "asked when a code is given, never shown",
    "accounts.loginattempt": "counted by the lockout, never shown",
    "communities.community": "a proxy of the unit",
    "reports.report": "pages of its own, by schedule and period",
    "reports.reportline": "shown on the pages of its report",
    "reports.restatement": "shown on the pages of its report",
    "communities.householdevent": "shown on the pages of household and resident",
    "communities.homerelocation": "read by the figures of past days",
    "communities.householdstep": "shown by its events on the page of the household",
    "communities.unitsuccession": "shown on the pages of units and of their change",
    "communities.searchkey": "an index",
    "communities.numbersearches": "counted by the search, never shown",
    "governance.askingtally": "counted by the public forms, never shown",
    "safety.buildingpost": "a page of its own for an open emergency",
    "safety.shelterpost": "on the page of the posts, and of the team that holds it",
    "safety.rollcallevent": "shown on the page of its line",
    "governance.candidatevotes": "shown on the pages of count and election",
    "volunteers.memberchange": "read by the figures of past days",
    "visits.formerterms": "what a rule asked for before; due visits are told by it",
    "visits.handovermatter": "shown on the page of its hand-over",
    "governance.seat": "shown on the pages of its meeting",
    "governance.poll": "shown by the motion that is voted on",
    "governance.elector": "who has voted: shown while a motion is voted on",
    "governance.namedballot": "the sum is shown on the page of its motion",
    "governance.sealedballot": "secret; counted, then destroyed, never shown",
    "notices.edition": "one row that counts publications",
    "communities.rollsedition": "one row that counts changes of the rolls",
    "governance.document": "shown on the page of what it proves",
    "notices.noticeattachment": "shown on the page of its notice",
}

# Taken while tests are collected, which is when the contracts read the registries.
WITH_SCREENS = frozenset(screens)
# The cases of a proxy are rows of its model.
WITH_WORKFLOW = frozenset(workflows) | {
    one.model._meta.concrete_model._meta.label_lower for one in workflows.values()
}
OUR_MODELS = [m for m in apps.get_models() if m._meta.app_label in LEVEL]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_model_has_screens_or_a_reason(model):
    label = model._meta.label_lower
    assert (label in WITH_SCREENS) != (label in WITHOUT_SCREENS)


@pytest.mark.parametrize("label", sorted(WITH_SCREENS))
def test_model_with_screens_has_a_factory(label):
    assert label in FACTORIES


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_model_with_a_status_has_a_workflow(model):
    has_status = any(field.name == "status" for field in model._meta.fields)
    assert has_status == (model._meta.label_lower in WITH_WORKFLOW)


def test_every_url_declares_its_policy():
    undeclared = [route["url"] for route in every_route() if route["policy"] is None]
    assert undeclared == []
