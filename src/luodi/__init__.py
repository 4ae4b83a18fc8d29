"""Luodi: from the words of a government plan to results that anyone can check."""

import os

# onnxruntime (the extra `ocr`) sends telemetry unless this is set before its import; every entry
# point imports this package first.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
