# The workflow lies in workflow/, where those who import it from elsewhere look for it.
include: "workflow/Snakefile"


workflow.default_target = "all"  # an included file leaves none behind
