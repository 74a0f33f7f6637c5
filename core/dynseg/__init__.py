"""The engine of dynseg-annotator: images, annotations, projects, models, training.

Qt-free by contract. What a module may import is written down in ``pyproject.toml`` under
``[tool.importlinter]`` and checked by ``lint-imports``.
"""

__version__ = "0.1.0"
