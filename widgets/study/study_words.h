#pragma once
// Words of a study for people. Numbers come from the core as every output writes them (CellWords); here they only get
// the separators of the language.
#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include "core/api/study.h"

namespace emc {

class StudyWords {
    Q_DECLARE_TR_FUNCTIONS(StudyWords)
public:
    // "-0.031" -> "−0,031" in German; empty stays empty.
    static QString number(const std::string& text);
    static QString number(double value, int decimals); // a dash for NaN
    static QString condition(const TableRow& row);     // "EMC, without face"
    static QString rowName(const TableRow& row);       // "Trans-VAE, EMC"
    static QString fill(Fill fill);
    static QString arrow(const MetricColumn& column); // "↑" or "↓"
    static QString meaning(const MetricColumn& column);
    // The comparison of a cell in one sentence; empty without one. `reference`: name of the row it stands against.
    static QString sentence(const StudyTable& table, const TableRow& row, std::size_t column);
    // Everything about a cell, as rich text.
    static QString toolTip(const StudyTable& table, const TableRow& row, std::size_t column);
    // What has to be said below the table, a sentence each: what ± is over, how changes are tested, scores that a
    // fault of the data decides.
    static QStringList notes(const StudyTable& table);
    static QString progress(const TableRow& row); // "12 of 48 reactions"
};

} // namespace emc
