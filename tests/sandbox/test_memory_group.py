"""The control group of all workers, in folders that look like those of the kernel."""

import pytest

from checker.sandbox import limits, memory_group


@pytest.fixture
def hierarchy(tmp_path):
    """A process in the group app/me.scope, whose parent bounds memory."""
    (tmp_path / "app" / "me.scope").mkdir(parents=True)
    (tmp_path / "app" / "cgroup.subtree_control").write_text("cpu memory pids\n")
    (tmp_path / "own").write_text("4:memory:/\n0::/app/me.scope\n")
    return tmp_path


def test_a_process_joins_a_group_beside_its_own(hierarchy):
    for _ in range(2):  # the second run finds the group that the first has made
        memory_group.join(hierarchy, hierarchy / "own")
    group = hierarchy / "app" / "gradproof-workers"
    assert (group / "cgroup.procs").read_text() == "0"
    assert int((group / "memory.max").read_text()) >= limits.MEMORY_LIMIT


@pytest.mark.parametrize("own", ["0::/\n", "4:memory:/app\n", ""])
def test_a_process_in_no_group_of_its_own_says_so(hierarchy, own):
    (hierarchy / "own").write_text(own)
    with pytest.raises(OSError, match="no control group of its own"):
        memory_group.join(hierarchy, hierarchy / "own")


def test_groups_that_do_not_bound_memory_are_left_alone(hierarchy):
    (hierarchy / "app" / "cgroup.subtree_control").write_text("cpu pids\n")
    with pytest.raises(OSError, match="do not bound memory"):
        memory_group.join(hierarchy, hierarchy / "own")
    assert not (hierarchy / "app" / "gradproof-workers").exists()
