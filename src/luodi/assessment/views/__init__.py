"""Pages of appraisal of units, grading of enterprises, evaluation of plans."""
