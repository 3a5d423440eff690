"""Frames of OpenCV's sample videos, a few steps apart: frames.py VIDEOS FOLDER (Debian: python3-opencv)."""
import os
import sys

import cv2

STARTS = {"vtest.avi": (10, 200, 400, 600), "tree.avi": (5, 40), "Megamind.avi": (10, 60, 120, 200)}
STEPS = (0, 1, 3, 8)

videos, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
for name, starts in STARTS.items():
    video = cv2.VideoCapture(os.path.join(videos, name))
    at = 0
    while True:
        ok, frame = video.read()
        if not ok:
            break
        for start in starts:
            if at - start in STEPS:
                cv2.imwrite(os.path.join(folder, f"{name[:-4]}-{start:03}-{at - start}.png"), frame)
        at += 1
