"""`python -m unittest`: what other readers of the pack rely on."""

import random
import unittest

import numpy as np
import torch
import torch.nn.functional as F

from starter.captions import caption, wrong_captions
from starter.cutouts import apply_cuts, axis_matrix, whole_box
from starter.networks.clip import Clip
from starter.networks.depth import Depth
from starter.networks.group_norm import GroupNorm
from starter.networks.lpips import Lpips
from starter.networks.secondary import Secondary
from starter.networks.unet import UNet
from starter.noise import ABAR
from starter.scene.draw_scene import Scene, draw_scene
from starter.scene.render_scene import render_with_depth
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
        pictures = torch.randn(3, 16, 5, 5)
        for layout in (torch.contiguous_format, torch.channels_last):
            with self.subTest(layout):
                self.compare_group_norm(pictures.contiguous(memory_format=layout).requires_grad_())

    def compare_group_norm(self, x):
        norm, ss = GroupNorm(4, 16), torch.randn(3, 32, requires_grad=True)
        scale, shift = ss[..., None, None].chunk(2, 1)
        expected = F.silu(F.group_norm(x, 4, norm.weight, norm.bias) * (1 + scale) + shift)
        got = norm(x, ss, act=True)
        probe = torch.randn_like(got)
        torch.testing.assert_close(got, expected)
        wrt = [x, ss, norm.weight, norm.bias]
        for a, b in zip(*(torch.autograd.grad((y * probe).sum(), wrt) for y in (got, expected))):
            torch.testing.assert_close(a, b, atol=1e-4, rtol=1e-4)

    def test_take_every_size_the_product_may_ask_for(self):
        x = torch.randn(1, 3, 64, 128)
        self.assertEqual(UNet()(x, torch.tensor([500.0])).shape, x.shape)
        self.assertEqual(Secondary()(x, torch.tensor([0.5])).shape, x.shape)
        self.assertEqual(Lpips()(x, x).shape, (1,))
        self.assertEqual(Depth()(x).shape, (1, 1, 64, 128))

    def test_have_the_keys_of_the_checkpoints_they_imitate(self):
        self.assertIn("input_blocks.7.1.qkv.weight", UNet().state_dict())
        self.assertIn("output_blocks.1.2.in_layers.2.weight", UNet().state_dict())
        self.assertIn("net.2.main.3.main.3.main.3.main.3.main.1.0.weight", Secondary().state_dict())
        self.assertIn("visual.transformer.resblocks.3.attn.in_proj_weight", Clip().state_dict())
        self.assertIn("features.28.bias", Lpips().state_dict())
        self.assertEqual(Lpips().state_dict()["lin4.model.1.weight"].shape[0], 1)

    def test_lpips_is_nothing_between_a_picture_and_itself(self):
        torch.manual_seed(0)
        lpips, x = Lpips(), torch.rand(2, 3, 32, 32)
        self.assertEqual(lpips(x, x).abs().max(), 0)
        self.assertGreater(lpips(x, 1 - x).min(), 0)

    def test_clip_reads_text_at_its_end(self):
        clip = Clip()
        ids = tokenize(["a castle", "a castle in the snow by a lake"])
        alone = clip.encode_text(tokenize(["a castle"]))
        torch.testing.assert_close(clip.encode_text(ids)[:1], alone, atol=1e-5, rtol=1e-4)


class Scenes(unittest.TestCase):
    scene = Scene("castle", "own", "sunset", "", "snow", "", "plain", "")

    def test_draw_the_same_from_the_same_seed(self):
        first, second = (render_with_depth(draw_scene(rng), rng, 128, 64)[0]
                         for rng in (np.random.default_rng(3), np.random.default_rng(3)))
        np.testing.assert_array_equal(first, second)
        self.assertEqual(first.shape, (64, 128, 3))

    def test_know_how_near_things_are(self):
        near = render_with_depth(self.scene, np.random.default_rng(0))[1]
        self.assertEqual(near[0, 0], 0)
        self.assertGreater(near[63, 0], 0.95)
        self.assertGreater(near[30, 32], near[30, 2])  # the castle's wall before the sky

    def test_captions_say_what_they_must(self):
        rng = random.Random(0)
        self.assertTrue(all("castle" in c or "fortress" in c or "palace" in c
                            for c in (caption(self.scene, rng, "subject") for _ in range(200))))

    def test_a_wrong_caption_is_wrong_about_the_subject(self):
        rng = random.Random(0)
        for _ in range(200):
            subject = wrong_captions(self.scene, rng)[0]
            self.assertFalse(any(word in subject for word in ("castle", "fortress", "palace")), subject)


class Noise(unittest.TestCase):
    def test_schedule_of_250_steps(self):
        self.assertAlmostEqual(ABAR[0].item(), 0.9999, places=9)
        self.assertAlmostEqual(ABAR[240].item(), 0.548172503316, places=9)


if __name__ == "__main__":
    unittest.main()
