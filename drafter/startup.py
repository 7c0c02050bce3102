"""Process-wide tricks, each with the gain that was measured. Imported first by the command line, by nothing else."""

import gc

#: A run lives for a tenth of a second; collecting costs a fiftieth of it, and a third of a long outline's.
gc.disable()
