// The table for scripts. Keys of a row that stay: model, condition, seeds, metrics.NAME.{mean, sd, delta, p_holm}.
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/study/published.h"
#include "core/study/table_text.h"

namespace emc {

std::string tableJson(const StudyTable& table) {
    using Json = nlohmann::ordered_json;
    const auto number = [](bool known, double value) { return known && std::isfinite(value) ? Json(value) : Json(); };
    Json json;
    json["variant"] = table.variant;
    json["corpus"] = table.corpus;
    json["partition"] = table.partition;
    json["synthetic"] = table.synthetic;
    json["clips"] = table.clips;
    json["samples"] = table.samples;
    json["frames"] = table.frames;
    json["interval"] = {{"kind", table.interval}, {"level", table.level}};
    json["published_source"] = table.publishedShown ? Json(kPublishedSource) : Json();
    json["rows"] = Json::array();
    for (const TableRow& row : table.rows) {
        Json one;
        one["label"] = row.label;
        one["model"] = row.model.empty() ? row.host : row.model;
        one["host"] = row.host;
        one["condition"] = row.condition;
        one["condition_label"] = row.conditionLabel;
        one["fill"] = row.fill;
        one["trained"] = row.trained;
        one["paper_row"] = row.paper;
        one["seeds"] = row.seeds;
        one["sampling_seeds"] = row.samplingSeeds;
        one["spread_over"] = row.spread == SeedSpread::TrainingSeeds   ? Json("training-seeds")
                             : row.spread == SeedSpread::SamplingSeeds ? Json("sampling-seeds")
                                                                       : Json();
        one["reference"] = row.reference.empty() ? Json() : Json(row.reference);
        one["metrics"] = Json::object();
        for (std::size_t m = 0; m < table.metrics.size(); ++m) {
            const TableCell& cell = row.cells[m];
            const bool compared = cell.against.has_value(), tested = compared && cell.against->tested;
            const Comparison c = cell.against.value_or(Comparison());
            Json value;
            value["mean"] = number(cell.known, cell.mean);
            value["sd"] = number(cell.known && row.spread != SeedSpread::None, cell.deviation);
            value["delta"] = number(compared, c.delta);
            value["p_holm"] = number(tested, c.pHolm);
            value["p"] = number(tested, c.p);
            value["ci"] = tested ? Json{c.low, c.high} : Json();
            value["d_z"] = number(tested, c.effect);
            value["cliffs_delta"] = number(tested, c.cliff);
            value["better_clips"] = tested ? Json(c.better) : Json();
            value["clips"] = tested ? Json(c.clips) : Json();
            value["values"] = cell.seeds;
            value["best"] = cell.best;
            value["published"] = cell.published ? Json(*cell.published) : Json();
            if (compared) value["sentence"] = c.sentence;
            one["metrics"][table.metrics[m]] = value;
        }
        json["rows"].push_back(one);
    }
    json["notes"] = tableNotes(table);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace emc
