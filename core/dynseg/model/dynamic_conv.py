"""Dynamic convolution: one kernel per image, mixed from several experts.

    alpha = softmax(MLP(GAP(x)) / T)        router, M weights per image
    W'    = sum_i alpha_i W_i               one kernel per image
    y     = x * W' + b

Han et al., "ParameterNet: Parameters Are All You Need for Large-scale Visual Pretraining of Mobile
Networks", CVPR 2024, arXiv 2306.14525. The router follows the paper (softmax over a two-layer MLP);
the sigmoid of the released code has weights that do not sum to 1 and cannot be upcycled exactly.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional


class Router(nn.Module):
    """Weights of the experts for each image.

    Args:
        channels: Channels of the input, C.
        experts: Number of experts, M.
        hidden: Width of the hidden layer; C when None (C^2 + C M parameters, as in the paper).
        temperature: Divides the logits; large values make the mixture even.
    """

    def __init__(
        self, channels: int, experts: int, *, hidden: int | None = None, temperature: float = 1.0
    ) -> None:
        super().__init__()
        self.fc1 = nn.Linear(channels, hidden or channels)
        self.fc2 = nn.Linear(hidden or channels, experts)
        self.temperature = temperature

    def forward(self, x: Tensor) -> Tensor:
        """`(B, C, H, W)` to `(B, M)`, rows sum to 1."""
        logits: Tensor = self.fc2(functional.silu(self.fc1(x.mean((2, 3)))))
        if self.temperature != 1:
            logits = logits / self.temperature
        return logits.softmax(-1)


class DynamicConv2d(nn.Module):
    """A convolution whose kernel is mixed per image.

    The experts are one 3-D parameter `(M, O, I / groups * kh * kw)`: a 5-D one breaks
    `channels_last`, a 2-D one would be orthogonalised by optimizers made for matrices.

    Args:
        conv: The plain convolution whose shape and weights are taken over.
        experts: Number of experts, M.
        hidden: Hidden width of the router; the number of input channels when None.
        temperature: Temperature of the router.
    """

    mixes_outputs = False
    """Mix the outputs of all experts instead of their kernels: M times the work, but expressible as
    static convolutions; only for exports with a dynamic batch."""

    channels_last = False
    """Whether experts lie in memory as `(M, O, kh, kw, I / groups)`; see `lay_channels_last`."""

    def __init__(
        self,
        conv: nn.Conv2d,
        *,
        experts: int = 4,
        hidden: int | None = None,
        temperature: float = 1.0,
    ) -> None:
        super().__init__()
        self.in_channels, self.out_channels = conv.in_channels, conv.out_channels
        self.kernel_size, self.stride = conv.kernel_size, conv.stride
        self.padding, self.dilation, self.groups = conv.padding, conv.dilation, conv.groups
        self.experts = experts
        size = conv.weight[0].numel()
        self.weight = nn.Parameter(torch.empty(experts, conv.out_channels, size))
        self.bias = None if conv.bias is None else nn.Parameter(torch.empty_like(conv.bias))
        self.router = Router(conv.in_channels, experts, hidden=hidden, temperature=temperature)
        self.to(conv.weight.device, conv.weight.dtype)
        self.upcycle(conv)

    @torch.no_grad()
    def upcycle(self, conv: nn.Conv2d, *, spread: float = 0.05) -> None:
        """Take over a plain convolution so that the output stays the same and learning is alive.

        Every expert is the plain kernel plus noise that sums to zero over the experts, and the last
        router layer is zero, so the mixture is even. Equal experts with a zero router would stay
        equal for ever: their gradients are.

        Args:
            conv: The plain convolution, same shape.
            spread: Standard deviation of the noise over that of the kernel.
        """
        kernel = conv.weight.detach().flatten(1)
        noise = torch.randn_like(self.weight) * (spread * kernel.float().std().item())
        self.weight.copy_(kernel + noise - noise.mean(0, keepdim=True))
        nn.init.zeros_(self.router.fc2.weight)
        nn.init.zeros_(self.router.fc2.bias)
        if self.bias is not None and conv.bias is not None:
            self.bias.copy_(conv.bias)

    @property
    def kernel_shape(self) -> tuple[int, int, int, int]:
        """Shape of one kernel: `(O, I / groups, kh, kw)`."""
        height, width = self.kernel_size
        return self.out_channels, self.in_channels // self.groups, height, width

    @property
    def is_pointwise(self) -> bool:
        """Whether it is a 1 x 1 convolution, which a batched matrix product computes."""
        return (
            self.kernel_size == (1, 1)
            and self.stride == (1, 1)
            and self.padding in ((0, 0), 0)
            and self.groups == 1
        )

    @torch.no_grad()
    def lay_channels_last(self) -> None:
        """Lay the experts out as convolutions in channels-last order read their kernels.

        A mixed kernel would otherwise be turned round for every image. For inference alone: what
        reads weights from a file knows the other order.
        """
        if self.channels_last:
            return
        kernels = self.weight.view(self.experts, *self.kernel_shape)
        laid = kernels.permute(0, 1, 3, 4, 2).reshape(self.weight.shape)
        self.weight = nn.Parameter(laid, requires_grad=False)
        self.channels_last = True

    def forward(self, x: Tensor) -> Tensor:
        """`(B, I, H, W)` to `(B, O, H', W')`; each image has its own kernel."""
        alpha = self.router(x)
        if self.mixes_outputs or (x.is_cuda and torch.is_grad_enabled()):
            return self._mix_outputs(x, alpha)
        # Mixed in the experts' own precision: casting first would round M times.
        kernels = (alpha.to(self.weight.dtype) @ self.weight.flatten(1)).to(x.dtype)
        if x.shape[0] == 1 or torch.jit.is_tracing():  # type: ignore[attr-defined,no-untyped-call]
            return self._convolve(x, self._kernels(kernels[0]))
        if self.is_pointwise:
            return self._batched_product(x, kernels)
        return self._grouped(x, kernels)

    def _kernels(self, numbers: Tensor) -> Tensor:
        """`(N * O, I / groups, kh, kw)` kernels of N mixtures or experts."""
        _, channels, height, width = self.kernel_shape
        if self.channels_last:
            return numbers.view(-1, height, width, channels).permute(0, 3, 1, 2)
        return numbers.view(-1, channels, height, width)

    def _convolve(self, x: Tensor, kernel: Tensor, *, with_bias: bool = True) -> Tensor:
        bias = None if self.bias is None or not with_bias else self.bias.to(x.dtype)
        return functional.conv2d(
            x, kernel, bias, self.stride, self.padding, self.dilation, self.groups
        )

    def _batched_product(self, x: Tensor, kernels: Tensor) -> Tensor:
        batch, channels, height, width = x.shape
        kernels = kernels.view(batch, self.out_channels, channels)
        if self.channels_last:  # neither pixels nor products are turned round
            pixels = x.permute(0, 2, 3, 1).reshape(batch, height * width, channels)
            y = torch.bmm(pixels, kernels.transpose(1, 2))
            return self._with_bias(y.view(batch, height, width, -1).permute(0, 3, 1, 2))
        flat = x.reshape(batch, channels, height * width)
        y = torch.bmm(kernels, flat).view(batch, self.out_channels, height, width)
        return self._with_bias(y)

    def _grouped(self, x: Tensor, kernels: Tensor) -> Tensor:
        """One grouped convolution in which every image is a group of its own.

        Against the plain convolution it takes .9 to 1.4 times as long forward and 1.0 to 1.35 with
        the gradient; a loop over the images takes 1.0 to 1.75 and 1.2 to 2.3 (batches of 8, the
        3 x 3 shapes of the nano head at 320 px, one thread of a processor with AVX2). On a GPU, in
        float16 and recorded, groups take 3.3 ms where the loop takes 3.7 (8 images of 640 px), and
        4.5 where copied neighbourhoods times kernels take 4.8 (16 images).
        """
        batch, channels, height, width = x.shape
        y = functional.conv2d(
            x.reshape(1, batch * channels, height, width),
            self._kernels(kernels).contiguous(),
            None,
            self.stride,
            self.padding,
            self.dilation,
            self.groups * batch,
        )
        return self._with_bias(y.view(batch, self.out_channels, *y.shape[-2:]))

    def _mix_outputs(self, x: Tensor, alpha: Tensor) -> Tensor:
        """All experts as one convolution, then their outputs mixed: M times the work of one.

        With the gradient that is what a GPU likes best: a step of the nano network with 64 images
        of 320 px takes 57 ms, against 79 with groups and 51 with a plain head (H100, bfloat16).
        Without it groups are better: 3.3 against 4.0 ms for 8 images of 640 px.
        """
        kernels = self._kernels(self.weight.to(x.dtype))
        if self.groups == 1:
            y = self._convolve(x, kernels, with_bias=False)
            y = y.view(y.shape[0], self.experts, self.out_channels, *y.shape[-2:])
        else:
            every = kernels.view(self.experts, *self.kernel_shape)
            y = torch.stack([self._convolve(x, kernel, with_bias=False) for kernel in every], 1)
        return self._with_bias((y * alpha.to(x.dtype)[:, :, None, None, None]).sum(1))

    def _with_bias(self, y: Tensor) -> Tensor:
        return y if self.bias is None else y + self.bias.to(y.dtype).view(1, -1, 1, 1)

    @torch.no_grad()
    def fold(self, norm: nn.BatchNorm2d) -> None:
        """Fold a following batch norm into every expert: it is affine per output channel."""
        assert norm.running_var is not None
        assert norm.running_mean is not None
        # Step by step as `torch.nn.utils.fuse_conv_bn_weights`, which folds the plain ones.
        root = torch.rsqrt(norm.running_var + norm.eps)
        bias = 0 if self.bias is None else self.bias
        scale = (norm.weight * root).view(1, -1, 1)
        self.weight = nn.Parameter(self.weight * scale, requires_grad=False)
        shifted = (bias - norm.running_mean) * root * norm.weight + norm.bias
        self.bias = nn.Parameter(shifted, requires_grad=False)


class DynamicConvBlock(nn.Module):
    """Dynamic convolution, batch norm, activation.

    Not a subclass of ultralytics' `Conv`: its fuse() would fold the norm as if the kernel were one.
    """

    def __init__(self, conv: DynamicConv2d, norm: nn.BatchNorm2d, activation: nn.Module) -> None:
        super().__init__()
        self.conv = conv
        self.bn: nn.BatchNorm2d | None = norm
        self.act = activation

    def forward(self, x: Tensor) -> Tensor:
        """`(B, I, H, W)` to `(B, O, H', W')`."""
        x = self.conv(x)
        if self.bn is not None:
            x = self.bn(x)
        y: Tensor = self.act(x)
        return y

    def fuse(self) -> None:
        """Fold the batch norm into the experts; nothing to do the second time."""
        if self.bn is not None:
            self.conv.fold(self.bn)
            self.bn = None


def routing_entropy(alpha: Tensor) -> float:
    """Mean entropy of router outputs `(B, M)` over log M: 1 is even, 0 is one expert alone."""
    alpha = alpha.detach()
    entropy = -(alpha * alpha.clamp_min(1e-12).log()).sum(-1).mean()
    return float(entropy / math.log(alpha.shape[-1]))
