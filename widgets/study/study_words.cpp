#include "widgets/study/study_words.h"

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace emc {

QString StudyWords::number(const std::string& text) {
    QString words = QString::fromStdString(text);
    words.replace(QLatin1Char('-'), QChar(0x2212));
    return words.replace(QLatin1Char('.'), QLocale().decimalPoint());
}

QString StudyWords::number(double value, int decimals) {
    return std::isfinite(value) ? number(QString::number(value, 'f', decimals).toStdString()) : QStringLiteral("–");
}

QString StudyWords::fill(Fill fill) {
    return fill == Fill::Cma ? tr("CMA") : fill == Fill::Zeros ? tr("zeros") : tr("mean");
}

QString StudyWords::condition(const TableRow& row) {
    const QString code = QString::fromStdString(row.condition);
    if (code == QLatin1String("original")) return tr("Original");
    if (code == QLatin1String("emc")) return tr("EMC");
    if (code == QLatin1String("emc-no-ea")) return tr("EMC, w/o EA");
    if (code == QLatin1String("emc-no-face")) return tr("EMC, w/o face");
    if (code == QLatin1String("emc-no-speech")) return tr("EMC, w/o speech");
    if (code == QLatin1String("baseline")) return tr("Baseline");
    const QString filled = row.fill == "cma" ? tr("CMA") : row.fill == "zeros" ? tr("zeros") : tr("mean");
    if (code.startsWith(QLatin1String("without-face"))) return tr("W/o face, %1").arg(filled);
    if (code.startsWith(QLatin1String("without-speech"))) return tr("W/o speech, %1").arg(filled);
    return QString::fromStdString(row.conditionLabel);
}

QString StudyWords::rowName(const TableRow& row) {
    const QString label = row.host == kGroundTruth ? tr("Ground truth") : QString::fromStdString(row.label);
    return QStringLiteral("%1, %2").arg(label, condition(row));
}

QString StudyWords::arrow(const MetricColumn& column) {
    return column.higherIsBetter ? QStringLiteral("↑") : QStringLiteral("↓");
}

QString StudyWords::meaning(const MetricColumn& column) {
    // The definitions stand in the core's catalogue; the translation lists them by hand.
    return QCoreApplication::translate("Metrics", column.definition.c_str());
}

QString StudyWords::sentence(const StudyTable& table, const TableRow& row, std::size_t column) {
    const TableCell& cell = row.cells[column];
    if (!cell.against) return {};
    const Comparison& c = *cell.against;
    const CellWords& w = cell.words;
    QString reference = QString::fromStdString(row.reference);
    for (const TableRow& other : table.rows)
        if (row.reference == other.label + " (" + other.conditionLabel + ")") reference = rowName(other);
    const QString metric = QString::fromStdString(table.columns[column].name), name = rowName(row);
    if (c.delta == 0) return tr("%1: %2 equals that of %3.").arg(name, metric, reference);
    const bool up = c.delta > 0, good = up == table.columns[column].higherIsBetter;
    const QString size = number(w.delta.substr(1));
    QString text = up     ? good ? tr("%1: %2 is %3 higher than that of %4 (better)").arg(name, metric, size, reference)
                                 : tr("%1: %2 is %3 higher than that of %4 (worse)").arg(name, metric, size, reference)
                       : good ? tr("%1: %2 is %3 lower than that of %4 (better)").arg(name, metric, size, reference)
                          : tr("%1: %2 is %3 lower than that of %4 (worse)").arg(name, metric, size, reference);
    if (!c.tested) return tr("%1; it has no values per clip to test.").arg(text);
    text =
        tr("%1; better on %2 of %3 clips, p = %4 after Holm: ").arg(text).arg(c.better).arg(c.clips).arg(number(w.p));
    return text + (w.significant ? tr("more than chance explains on these clips.")
                                 : tr("not told apart from chance on these clips."));
}

QString StudyWords::toolTip(const StudyTable& table, const TableRow& row, std::size_t column) {
    const TableCell& cell = row.cells[column];
    const CellWords& w = cell.words;
    const QString head =
        QStringLiteral("<b>%1</b><br>%2")
            .arg(QString::fromStdString(table.columns[column].name).toHtmlEscaped(), rowName(row).toHtmlEscaped());
    if (!row.trained) return head + QStringLiteral("<br>") + tr("No model of this kind was chosen.");
    if (!row.scored) return head + QStringLiteral("<br>") + progress(row);
    if (!cell.known) return head + QStringLiteral("<br>") + tr("The metric has no value here.");
    QStringList lines;
    QString value = tr("Value: %1").arg(number(w.mean));
    if (!w.deviation.empty())
        value += row.spread == SeedSpread::TrainingSeeds
                     ? tr(" ± %1 over %n training seed(s)", nullptr, static_cast<int>(cell.seeds.size()))
                           .arg(number(w.deviation))
                     : tr(" ± %1 over %n draw(s) of one network: says nothing about other trainings", nullptr,
                          static_cast<int>(cell.seeds.size()))
                           .arg(number(w.deviation));
    lines.append(value);
    if (cell.against && cell.against->tested) {
        lines.append(tr("Change: %1, %2 % interval %3 to %4")
                         .arg(number(w.delta))
                         .arg(qRound(100 * table.level))
                         .arg(number(w.low), number(w.high)));
        lines.append(tr("p after Holm: %1 (paired permutation)").arg(number(w.p)));
        lines.append(tr("Effect: d_z %1, Cliff's δ %2")
                         .arg(w.effect.empty() ? tr("unbounded") : number(w.effect), number(w.cliff)));
    }
    if (!w.published.empty()) lines.append(tr("Published: %1 (other data, not comparable)").arg(number(w.published)));
    QString text = head;
    for (const QString& line : lines) text += QStringLiteral("<br>") + line.toHtmlEscaped();
    const QString words = sentence(table, row, column);
    if (!words.isEmpty()) text += QStringLiteral("<br><br>") + words.toHtmlEscaped();
    if (table.columns[column].perClip) text += QStringLiteral("<br><br>") + tr("Double click shows the clips.");
    return text;
}

QStringList StudyWords::notes(const StudyTable& table) {
    bool training = false, sampling = false, deltas = false;
    for (const TableRow& row : table.rows) {
        training = training || row.spread == SeedSpread::TrainingSeeds;
        sampling = sampling || row.spread == SeedSpread::SamplingSeeds;
        for (const TableCell& cell : row.cells) deltas = deltas || (cell.against && cell.against->tested);
    }
    QStringList notes;
    if (training) notes.append(tr("± is the standard deviation over training seeds."));
    if (sampling)
        notes.append(tr("± with (s) is the spread over draws of one network: it says nothing about other trainings."));
    if (deltas)
        notes.append(tr("Changes are tested by paired permutation over the clips, with Holm's correction over the "
                        "column; intervals: bootstrap over the clips (%1, %2 %). The tests are about these networks "
                        "on other clips, not about other trainings.")
                         .arg(QString::fromStdString(table.interval))
                         .arg(qRound(100 * table.level)));
    // The core's own sentences are English; the one that it makes often is known here.
    static const QRegularExpression nan(
        QStringLiteral("^FRSyn of (\\d+) % of the clips is decided by NaN .*\\) in (.*)\\.$"));
    std::vector<std::pair<QString, QStringList>> shares; // of the clips, and the rows where it is so
    for (const std::string& text : table.notes) {
        const QString note = QString::fromStdString(text);
        const QRegularExpressionMatch match = nan.match(note);
        if (!match.hasMatch()) {
            notes.append(note);
            continue;
        }
        const auto same =
            std::find_if(shares.begin(), shares.end(), [&](const auto& one) { return one.first == match.captured(1); });
        if (same == shares.end()) shares.push_back({match.captured(1), {match.captured(2)}});
        else same->second.append(match.captured(2));
    }
    for (const auto& [share, rows] : shares)
        notes.append(rows.contains(QStringLiteral("every row"))
                         ? tr("FRSyn of %1 % of the clips is decided by an attribute that never changes, in every row.")
                               .arg(share)
                         : tr("FRSyn of %1 % of the clips is decided by an attribute that never changes, in %2.")
                               .arg(share, rows.join(QStringLiteral(", "))));
    return notes;
}

QString StudyWords::progress(const TableRow& row) {
    return row.stored < row.wanted ? tr("%1 of %2 reactions").arg(row.stored).arg(row.wanted) : tr("to be scored");
}

} // namespace emc
