"""What holds for every workflow, whichever app it belongs to."""

import pytest

from toolkit.workflow import Workflow, workflows

every_workflow = pytest.mark.parametrize(
    "workflow", workflows.values(), ids=lambda workflow: workflow.__name__
)


@every_workflow
def test_a_step_is_hidden_only_by_the_rule_that_also_refuses_it(workflow):
    """Both ask `why_hidden` and `permits`; an own list of steps would only hide."""
    assert workflow.available.__func__ is Workflow.available.__func__
    assert workflow.check.__func__ is Workflow.check.__func__
