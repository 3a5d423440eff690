"""Long loops give way while the file named by PAUSE_FILE exists."""
import os
import time


def wait_while_paused():
    path = os.environ.get("PAUSE_FILE")
    while path and os.path.exists(path):
        time.sleep(2)
