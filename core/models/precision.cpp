#include "core/models/precision.h"

#include <ATen/autocast_mode.h>
#include <ATen/cpu/Utils.h>

#include "core/api/error.h"
#include "core/models/emc_engine.h"

namespace emc {

Precision precisionNamed(const std::string& name) {
    if (name == "f32") return Precision::Float32;
    if (name == "bf16") return Precision::Bfloat16;
    throw Error(ErrorKind::Usage, "there is no precision named \"" + name + "\"", "--precision", "Use f32 or bf16");
}

void usePrecision(ReactionModel& model, Precision precision) {
    if (auto* engine = dynamic_cast<EmcEngine*>(&model)) return engine->multiplyIn(precision);
    if (precision != Precision::Float32)
        throw Error(ErrorKind::Unsupported, model.info().name + " has no path in bfloat16");
}

bool processorHasBfloat16() {
    const auto found = at::cpu::get_cpu_capabilities();
    const auto has = [&](const char* name) {
        const auto entry = found.find(name);
        return entry != found.end() && entry->second.isBool() && entry->second.toBool();
    };
    return has("avx512_bf16") || has("amx_bf16");
}

MatrixPrecision::MatrixPrecision(Precision precision) : m_before(at::autocast::is_autocast_enabled(at::kCPU)) {
    at::autocast::increment_nesting();
    at::autocast::set_autocast_enabled(at::kCPU, precision == Precision::Bfloat16);
}

MatrixPrecision::~MatrixPrecision() {
    at::autocast::set_autocast_enabled(at::kCPU, m_before);
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache(); // weights rounded for this call
}

} // namespace emc
