// GroupNorm with per-picture scale and shift, then SiLU, on channels-last pictures: group_norm.py's formulas in
// two passes over each picture instead of some twelve over the batch.
#include <torch/extension.h>
#include <cmath>
#include <vector>

using torch::Tensor;

namespace {

struct Sums {
  std::vector<float> first, second;
  explicit Sums(int64_t channels) : first(channels), second(channels) {}

  // Each channel gets its group's mean over `pixels` pixels.
  void to_group_means(int64_t groups, int64_t pixels) {
    const int64_t size = first.size() / groups;
    for (auto* sums : {&first, &second})
      for (int64_t g = 0; g < groups; ++g) {
        double total = 0;
        for (int64_t k = 0; k < size; ++k) total += (*sums)[g * size + k];
        for (int64_t k = 0; k < size; ++k) (*sums)[g * size + k] = total / double(size * pixels);
      }
  }
};

// Bounded, since -ffast-math makes no promise about infinities.
inline float sigmoid(float z) { return 1.0f / (1.0f + std::exp(std::min(-z, 60.0f))); }

}  // namespace

// x [n, c, h, w] channels last; gamma, beta [n, c] → y like x; mean, rstd [n, c].
std::vector<Tensor> forward(Tensor x, Tensor gamma, Tensor beta, int64_t groups, bool act) {
  const int64_t n = x.size(0), c = x.size(1), pixels = x.size(2) * x.size(3);
  auto y = torch::empty_like(x), mean = torch::empty_like(gamma), rstd = torch::empty_like(gamma);
  std::vector<float> a(c), b(c);

  for (int64_t i = 0; i < n; ++i) {
    const float* __restrict in = x.data_ptr<float>() + i * pixels * c;
    float* __restrict out = y.data_ptr<float>() + i * pixels * c;
    Sums sums(c);
    float *__restrict s = sums.first.data(), *__restrict q = sums.second.data();
    for (int64_t p = 0; p < pixels; ++p)
      for (int64_t k = 0; k < c; ++k) {
        const float v = in[p * c + k];
        s[k] += v;
        q[k] += v * v;
      }
    sums.to_group_means(groups, pixels);
    for (int64_t k = 0; k < c; ++k) {
      const float r = 1.0f / std::sqrt(std::max(q[k] - s[k] * s[k], 0.0f) + 1e-5f);
      mean.data_ptr<float>()[i * c + k] = s[k];
      rstd.data_ptr<float>()[i * c + k] = r;
      a[k] = r * gamma.data_ptr<float>()[i * c + k];
      b[k] = beta.data_ptr<float>()[i * c + k] - s[k] * a[k];
    }
    const float *__restrict ap = a.data(), *__restrict bp = b.data();
    for (int64_t p = 0; p < pixels; ++p)
      for (int64_t k = 0; k < c; ++k) {
        const float z = in[p * c + k] * ap[k] + bp[k];
        out[p * c + k] = act ? z * sigmoid(z) : z;
      }
  }
  return {y, mean, rstd};
}

// g like y → gradients of x, gamma, beta.
std::vector<Tensor> backward(Tensor g, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor rstd, int64_t groups,
                             bool act) {
  const int64_t n = x.size(0), c = x.size(1), pixels = x.size(2) * x.size(3);
  auto dx = torch::empty_like(x), d_gamma = torch::empty_like(gamma), d_beta = torch::empty_like(gamma);
  std::vector<float> a(c), b(c), slope(c), offset(c);

  for (int64_t i = 0; i < n; ++i) {
    const float* __restrict in = x.data_ptr<float>() + i * pixels * c;
    const float* __restrict up = g.data_ptr<float>() + i * pixels * c;
    float* __restrict out = dx.data_ptr<float>() + i * pixels * c;
    const float *ga = gamma.data_ptr<float>() + i * c, *m = mean.data_ptr<float>() + i * c,
                *r = rstd.data_ptr<float>() + i * c;
    for (int64_t k = 0; k < c; ++k) {
      a[k] = r[k] * ga[k];
      b[k] = beta.data_ptr<float>()[i * c + k] - m[k] * a[k];
    }
    Sums sums(c);
    float *__restrict s = sums.first.data(), *__restrict q = sums.second.data();
    const float *__restrict ap = a.data(), *__restrict bp = b.data();
    for (int64_t p = 0; p < pixels; ++p)
      for (int64_t k = 0; k < c; ++k) {
        const float v = in[p * c + k];
        float d = up[p * c + k];
        if (act) {
          const float z = v * ap[k] + bp[k], o = sigmoid(z);
          d *= o * (1.0f + z * (1.0f - o));
        }
        out[p * c + k] = d;
        s[k] += d;
        q[k] += d * v;
      }
    for (int64_t k = 0; k < c; ++k) {
      const float db = s[k], dg = r[k] * (q[k] - m[k] * s[k]);
      d_beta.data_ptr<float>()[i * c + k] = db;
      d_gamma.data_ptr<float>()[i * c + k] = dg;
      s[k] = ga[k] * db;
      q[k] = ga[k] * dg;
    }
    sums.to_group_means(groups, pixels);
    for (int64_t k = 0; k < c; ++k) {
      slope[k] = -r[k] * r[k] * q[k];
      offset[k] = -r[k] * s[k] - slope[k] * m[k];
    }
    const float *__restrict sp = slope.data(), *__restrict op = offset.data();
    for (int64_t p = 0; p < pixels; ++p)
      for (int64_t k = 0; k < c; ++k) out[p * c + k] = out[p * c + k] * ap[k] + in[p * c + k] * sp[k] + op[k];
  }
  return {dx, d_gamma, d_beta};
}

PYBIND11_MODULE(TORCH_EXTENSION_NAME, m) {
  m.def("forward", &forward);
  m.def("backward", &backward);
}
