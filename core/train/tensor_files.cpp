#include "core/train/tensor_files.h"

#include <array>
#include <cstring>
#include <utility>

#include "core/api/error.h"

namespace emc {
namespace {

constexpr std::array<std::pair<const char*, torch::ScalarType>, 8> kTypes = {{{"F32", torch::kFloat32},
                                                                              {"F64", torch::kFloat64},
                                                                              {"F16", torch::kFloat16},
                                                                              {"BF16", torch::kBFloat16},
                                                                              {"I64", torch::kInt64},
                                                                              {"I32", torch::kInt32},
                                                                              {"U8", torch::kUInt8},
                                                                              {"BOOL", torch::kBool}}};

} // namespace

void addTensor(SafetensorsWriter& writer, const std::string& name, const torch::Tensor& tensor) {
    const torch::Tensor plain = tensor.detach().to(torch::kCPU).contiguous();
    for (const auto& [dtype, scalar] : kTypes) {
        if (scalar != plain.scalar_type()) continue;
        TensorEntry entry;
        entry.dtype = dtype;
        entry.shape.assign(plain.sizes().begin(), plain.sizes().end());
        entry.bytes.resize(plain.nbytes());
        if (plain.nbytes() > 0) std::memcpy(entry.bytes.data(), plain.data_ptr(), plain.nbytes());
        writer.addRaw(name, std::move(entry));
        return;
    }
    throw Error(ErrorKind::Internal,
                "a tensor of type " + std::string(c10::toString(plain.scalar_type())) + " cannot be stored", name);
}

torch::Tensor readTensor(const SafetensorsFile& file, const std::string& name) {
    const TensorInfo& info = file.info(name);
    for (const auto& [dtype, scalar] : kTypes) {
        if (info.dtype != dtype) continue;
        torch::Tensor tensor = torch::empty(info.shape, torch::TensorOptions().dtype(scalar));
        const std::vector<std::byte> bytes = file.readBytes(name);
        if (bytes.size() != tensor.nbytes())
            throw Error(ErrorKind::BadInput, "the bytes do not fit the shape",
                        file.path().string() + ", tensor " + name);
        if (!bytes.empty()) std::memcpy(tensor.data_ptr(), bytes.data(), bytes.size());
        return tensor;
    }
    throw Error(ErrorKind::Unsupported, "a tensor of type " + info.dtype + " is not known here",
                file.path().string() + ", tensor " + name);
}

torch::Tensor matrixTensor(std::span<const float> values, int64_t rows, int64_t columns) {
    if (static_cast<int64_t>(values.size()) != rows * columns)
        throw Error(ErrorKind::BadInput, std::to_string(values.size()) + " numbers do not make " +
                                             std::to_string(rows) + " rows of " + std::to_string(columns));
    torch::Tensor tensor = torch::empty({rows, columns});
    if (!values.empty()) std::memcpy(tensor.data_ptr<float>(), values.data(), values.size_bytes());
    return tensor;
}

std::span<const float> floatsOf(const torch::Tensor& tensor) {
    return {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())};
}

} // namespace emc
