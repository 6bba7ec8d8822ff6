"""Many submissions: finding them, grading them side by side, keeping what was found."""
