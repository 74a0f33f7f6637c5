"""Experts and routers as one may doubt them: options of an arm, not of the program."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from dynseg.model.dynamic_conv import Router


class Centred(nn.Module):
    """Experts as their mean and their deviations from it, each with steps of its own.

    AdamW gives every number a step of the same length. Experts share most of their gradient, so as
    they are they all take the same step and stay as alike as they were.
    """

    def forward(self, mean: Tensor, deviations: Tensor) -> Tensor:
        """`(O, K)` and `(M, O, K)` to experts `(M, O, K)`."""
        return mean + deviations - deviations.mean(0)

    def right_inverse(self, experts: Tensor) -> tuple[Tensor, Tensor]:
        """What `forward` makes the experts of."""
        return experts.mean(0), experts - experts.mean(0)


class StandardisedRouter(Router):
    """A router whose input has mean 0 and deviation 1 over images.

    What all images share would otherwise decide: it moves all logits alike, until one expert has
    every image.

    Args:
        router: The router whose layers are taken over.
    """

    def __init__(self, router: Router) -> None:
        super().__init__(router.fc1.in_features, router.fc2.out_features)
        self.fc1, self.fc2, self.temperature = router.fc1, router.fc2, router.temperature
        self.usual = nn.BatchNorm1d(router.fc1.in_features, affine=False)

    def forward(self, x: Tensor) -> Tensor:
        """`(B, C, H, W)` to `(B, M)`, rows sum to 1."""
        logits: Tensor = self.fc2(functional.silu(self.fc1(self.usual(x.mean((2, 3))))))
        return (logits / self.temperature).softmax(-1)
