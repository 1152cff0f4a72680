#include "app/pages/train/run_curves.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace emc {

void RunCurves::add(const TrainEvent& event) {
    lastStep = std::max(lastStep, event.step);
    for (const auto& [name, value] : event.values) {
        Series& series = byName[QString::fromStdString(name)];
        const auto step = static_cast<double>(event.step);
        // A resumed run tells some steps again; what is told later holds.
        while (!series.x.empty() && series.x.back() >= step) series.x.pop_back(), series.y.pop_back();
        series.x.push_back(step);
        series.y.push_back(value);
    }
}

RunCurves readRunLog(const std::filesystem::path& runFolder) {
    constexpr qint64 kMostBytes = 64 << 20;
    RunCurves curves;
    QFile file(QString::fromStdString((runFolder / "log.jsonl").string()));
    if (!file.open(QIODevice::ReadOnly)) return curves;
    if (file.size() > kMostBytes) file.seek(file.size() - kMostBytes);
    while (!file.atEnd()) {
        const QJsonObject object = QJsonDocument::fromJson(file.readLine(1 << 20)).object();
        if (object.isEmpty()) continue;
        TrainEvent event;
        event.step = static_cast<long>(object.value(QStringLiteral("step")).toDouble());
        for (auto it = object.begin(); it != object.end(); ++it)
            if (it.value().isDouble() && it.key() != QLatin1String("step") && it.key() != QLatin1String("steps"))
                event.values[it.key().toStdString()] = it.value().toDouble();
        curves.add(event);
    }
    return curves;
}

} // namespace emc
