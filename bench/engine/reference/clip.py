"""CLIP's picture side with its spherical loss: a vision transformer or a ModifiedResNet, as the weights have."""

import torch
import torch.nn.functional as F

MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(3, 1, 1)
DEVIATION = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(3, 1, 1)


class Clip:
    def __init__(self, weights):
        self.vit = "visual.proj" in weights
        self.w = weights if self.vit else folded(weights)

    def embed(self, cuts):
        return vision_transformer(cuts, self.w) if self.vit else modified_resnet(cuts, self.w)

    def loss(self, cuts, targets):
        """Mean over cuts of the summed spherical distances to the targets; cuts [k, 3, r, r] in 0..1."""
        embedded = F.normalize(self.embed((cuts - MEAN) / DEVIATION), dim=-1)
        apart = embedded.unsqueeze(1) - F.normalize(targets, dim=-1).unsqueeze(0)

        return apart.norm(dim=-1).div(2).arcsin().pow(2).mul(2).sum(1).mean()


def count(weights, prefix):
    return 1 + max(int(name[len(prefix) :].split(".")[0]) for name in weights if name.startswith(prefix))


def vision_transformer(cuts, w):
    patch = w["visual.conv1.weight"].shape[-1]
    width = w["visual.conv1.weight"].shape[0]
    n = cuts.shape[0]
    h = F.conv2d(cuts, w["visual.conv1.weight"], stride=patch).flatten(2).transpose(1, 2)
    h = torch.cat([w["visual.class_embedding"].expand(n, 1, width), h], 1) + w["visual.positional_embedding"]
    h = norm(h, w, "visual.ln_pre")
    for k in range(count(w, "visual.transformer.resblocks.")):
        name = f"visual.transformer.resblocks.{k}"
        h = h + attention(norm(h, w, f"{name}.ln_1"), w, f"{name}.attn")
        inner = linear(norm(h, w, f"{name}.ln_2"), w, f"{name}.mlp.c_fc")
        h = h + linear(inner * torch.sigmoid(1.702 * inner), w, f"{name}.mlp.c_proj")

    return norm(h[:, 0], w, "visual.ln_post") @ w["visual.proj"]


def attention(h, w, name):
    n, length, width = h.shape
    qkv = F.linear(h, w[f"{name}.in_proj_weight"], w[f"{name}.in_proj_bias"])
    q, k, v = qkv.view(n, length, 3, width // 64, 64).permute(2, 0, 3, 1, 4)
    mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, length, width)

    return linear(mixed, w, f"{name}.out_proj")


def linear(h, w, name):
    return F.linear(h, w[f"{name}.weight"], w[f"{name}.bias"])


def norm(h, w, name):
    return F.layer_norm(h, h.shape[-1:], w[f"{name}.weight"], w[f"{name}.bias"])


def folded(w):
    """Batch normalisations multiplied into the convolutions in front of them."""
    out = dict(w)
    for name in w:
        if not name.endswith(".running_mean"):
            continue
        bn = name[: -len(".running_mean")]
        head, last = bn.rsplit(".", 1)
        conv = f"{head}.0" if last == "1" else f"{head}.conv{last[2:]}"
        scale = w[f"{bn}.weight"] / (w[f"{bn}.running_var"] + 1e-5).sqrt()
        out[f"{conv}.weight"] = w[f"{conv}.weight"] * scale.view(-1, 1, 1, 1)
        out[f"{conv}.bias"] = w[f"{bn}.bias"] - w[f"{bn}.running_mean"] * scale

    return out


def modified_resnet(cuts, w):
    def conv(h, name, stride=1):
        weight = w[f"{name}.weight"]

        return F.conv2d(h, weight, w[f"{name}.bias"], stride, weight.shape[-1] // 2)

    def block(x, name, stride):
        h = F.relu(conv(x, f"{name}.conv1"))
        h = F.relu(conv(h, f"{name}.conv2"))
        h = conv(F.avg_pool2d(h, stride) if stride > 1 else h, f"{name}.conv3")
        if f"{name}.downsample.0.weight" in w:
            x = conv(F.avg_pool2d(x, stride) if stride > 1 else x, f"{name}.downsample.0")

        return F.relu(x + h)

    h = cuts
    for k in (1, 2, 3):
        h = F.relu(conv(h, f"visual.conv{k}", 2 if k == 1 else 1))
    h = F.avg_pool2d(h, 2)
    for layer in (1, 2, 3, 4):
        for k in range(count(w, f"visual.layer{layer}.")):
            h = block(h, f"visual.layer{layer}.{k}", 2 if layer > 1 and k == 0 else 1)

    return attention_pool(h, w)


def attention_pool(h, w):
    n, channels = h.shape[:2]
    pixels = h.flatten(2).transpose(1, 2)
    name = "visual.attnpool"
    tokens = torch.cat([pixels.mean(1, keepdim=True), pixels], 1) + w[f"{name}.positional_embedding"]
    heads = lambda v, part: linear(v, w, f"{name}.{part}").view(n, -1, channels // 64, 64).transpose(1, 2)
    mixed = F.scaled_dot_product_attention(
        heads(tokens[:, :1], "q_proj"), heads(tokens, "k_proj"), heads(tokens, "v_proj")
    )

    return linear(mixed.transpose(1, 2).reshape(n, channels), w, f"{name}.c_proj")
