"""Plays the whole routine against a running API, prints every step,
and ends with tokens for each role where the API stays.
"""

import os
import sys
from datetime import timedelta

from app.clock import present_moment
from dev.play import carrying_out, counting, follow_up, meeting_and_plan, need_and_call, withdrawal
from dev.play.cast import cast
from dev.play.stage import PlayStopped, Stage
from dev.play.story import Story

WEEKS = 20
ACTS = (need_and_call, meeting_and_plan, carrying_out, follow_up, withdrawal, counting)


def main() -> int:
    """0 when every step went as the agreement has it, 1 when one did not."""
    stage = Stage(cast())
    # A routine takes months. It is played so that it has ended by today.
    then = present_moment() - timedelta(weeks=WEEKS)
    monday = then - timedelta(days=then.weekday())
    began_at = monday.replace(hour=9, minute=0, second=0, microsecond=0)
    try:
        stage.it_is(began_at)
        story = Story(stage, began_at)
        for act in ACTS:
            act.play(story)
    except PlayStopped as stopped:
        print(f"\nThe play stopped.\n{stopped}", file=sys.stderr)
        return 1
    finally:
        stage.clock.release()
    stage.farewell(stays=os.environ.get("ONCE") != "1")
    return 0


if __name__ == "__main__":
    sys.exit(main())
