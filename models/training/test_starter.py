"""`python -m unittest`: what other readers of the pack rely on."""

import unittest

import torch
import torch.nn.functional as F

from starter.cutouts import apply_cuts, axis_matrix, whole_box
from starter.networks.clip import Clip
from starter.networks.group_norm import GroupNorm
from starter.networks.secondary import Secondary
from starter.networks.unet import UNet
from starter.noise import ABAR
from starter.tokenizer import END, START, encode, tokenize


class Tokenizer(unittest.TestCase):
    def test_gives_the_ids_of_the_full_table_where_merges_are_frequent(self):
        self.assertEqual(encode("Hello, World! it's 2022"), [71, 826, 334, 267, 1002, 256, 585, 568, 273, 271, 273, 273])

    def test_frames_and_pads(self):
        self.assertEqual(tokenize(["a", "a !"]).tolist(), [[START, 320, END, 0], [START, 320, 256, END]])


class Cutouts(unittest.TestCase):
    def test_taps_are_those_of_resize_right(self):
        expected = torch.tensor([0.3262, 0.3906, 0.2250, 0.0274, -0.0294, -0.0126])
        torch.testing.assert_close(axis_matrix(10, 0, 10, 4)[0, :6], expected, atol=1e-4, rtol=0)

    def test_borders_darken(self):
        white = apply_cuts(torch.ones(1, 3, 512, 512), [(0, 0, 512)], 224)
        self.assertAlmostEqual(white[0, 0, 0, 0].item(), 0.864, places=3)

    def test_overview_of_a_wide_picture_has_black_bars(self):
        cut = apply_cuts(torch.ones(1, 3, 64, 128), [whole_box(64, 128)], 32)[0, 0]
        self.assertEqual(cut[0].abs().max(), 0)
        self.assertAlmostEqual(cut[16, 16].item(), 1, places=3)


class Networks(unittest.TestCase):
    def test_group_norm_and_its_gradient_equal_torch(self):
        torch.manual_seed(0)
        norm, x, ss = GroupNorm(4, 16), torch.randn(3, 16, 5, 5, requires_grad=True), torch.randn(3, 32)
        scale, shift = ss[..., None, None].chunk(2, 1)
        expected = F.silu(F.group_norm(x, 4, norm.weight, norm.bias) * (1 + scale) + shift)
        got = norm(x, ss, act=True)
        probe = torch.randn_like(got)
        torch.testing.assert_close(got, expected)
        for a, b in zip(*(torch.autograd.grad((y * probe).sum(), [x, norm.weight, norm.bias]) for y in (got, expected))):
            torch.testing.assert_close(a, b, atol=1e-4, rtol=1e-4)

    def test_take_every_size_the_product_may_ask_for(self):
        x = torch.randn(1, 3, 64, 128)
        self.assertEqual(UNet()(x, torch.tensor([500.0])).shape, x.shape)
        self.assertEqual(Secondary()(x, torch.tensor([0.5])).shape, x.shape)

    def test_have_the_keys_of_the_checkpoints_they_imitate(self):
        self.assertIn("input_blocks.7.1.qkv.weight", UNet().state_dict())
        self.assertIn("output_blocks.1.2.in_layers.2.weight", UNet().state_dict())
        self.assertIn("net.2.main.3.main.3.main.3.main.3.main.1.0.weight", Secondary().state_dict())
        self.assertIn("visual.transformer.resblocks.3.attn.in_proj_weight", Clip().state_dict())

    def test_clip_reads_text_at_its_end(self):
        clip = Clip()
        ids = tokenize(["a castle", "a castle in the snow by a lake"])
        alone = clip.encode_text(tokenize(["a castle"]))
        torch.testing.assert_close(clip.encode_text(ids)[:1], alone, atol=1e-5, rtol=1e-4)


class Noise(unittest.TestCase):
    def test_schedule_of_250_steps(self):
        self.assertAlmostEqual(ABAR[0].item(), 0.9999, places=9)
        self.assertAlmostEqual(ABAR[240].item(), 0.548172503316, places=9)


if __name__ == "__main__":
    unittest.main()
