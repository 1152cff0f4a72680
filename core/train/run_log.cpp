#include "core/train/run_log.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/data/atomic_file.h"

namespace emc {

std::string trainEventJson(const TrainEvent& event) {
    nlohmann::ordered_json json;
    json["event"] = event.kind;
    json["step"] = event.step;
    json["steps"] = event.steps;
    for (const auto& [key, value] : event.values) {
        if (std::isfinite(value)) json[key] = value;
        else json[key] = nullptr;
    }
    if (!event.path.empty()) json["path"] = event.path;
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

RunLog::RunLog(const std::filesystem::path& folder, long fromStep) : m_path(folder / "log.jsonl") {
    std::ifstream in(m_path);
    std::string kept, text;
    bool dropped = false;
    while (std::getline(in, text)) {
        const nlohmann::json json =
            nlohmann::json::parse(text, nullptr, false); // the last line of a killed run may be half
        if (json.is_object() && json.value("step", 0L) <= fromStep) kept += text + "\n";
        else dropped = true;
    }
    in.close();
    if (dropped) writeFileAtomically(m_path, kept);
    m_file = std::fopen(m_path.c_str(), "ab");
    if (!m_file)
        throw Error(ErrorKind::Io, std::string("the log cannot be written: ") + std::strerror(errno), m_path.string(),
                    "Check that the folder can be written.");
    m_scalars = std::make_unique<EventFile>(folder);
    if (fromStep > 0) m_scalars->sessionStart(fromStep);
}

RunLog::~RunLog() {
    std::fclose(m_file);
}

void RunLog::line(const std::string& json) {
    const std::string text = json + "\n";
    if (std::fwrite(text.data(), 1, text.size(), m_file) != text.size() || std::fflush(m_file) != 0)
        throw Error(ErrorKind::Io, std::string("the log cannot be written: ") + std::strerror(errno), m_path.string(),
                    "Free some disk space, then start the same run again: it goes on.");
}

void RunLog::event(const TrainEvent& event, JobContext& job) {
    line(trainEventJson(event));
    if (!event.values.empty()) m_scalars->scalars(event.step, event.values);
    job.publish(event);
}

void RunLog::note(const std::string& text, bool warning, JobContext& job) {
    nlohmann::ordered_json json;
    json["event"] = warning ? "warning" : "note";
    json["text"] = text;
    line(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    job.publish(MessageEvent{text, warning});
}

} // namespace emc
