"""Generated photographs with exact polygons."""

from dynseg.sample.generate import SampleSummary, generate
from dynseg.sample.outlines import CLASSES
from dynseg.sample.scene import Scene, SceneInstance, render

__all__ = ["CLASSES", "SampleSummary", "Scene", "SceneInstance", "generate", "render"]
