"""Stands in for torchvision in a bundle whose torch no torchvision was built for.

ultralytics imports torchvision before it validates, for `ops.nms` alone.
"""

from __future__ import annotations

from torchvision import ops

__all__ = ["ops"]
