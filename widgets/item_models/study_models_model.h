#pragma once
// Models with their weights as a tree with tick boxes: below each model the demo's weights and the runs that trained
// it. Runs of one name but for the seed ("emc-s1", "emc-s2") are training seeds of one row.
#include <QStandardItemModel>
#include <QStringList>

#include <vector>

#include "core/api/backend.h"
#include "core/api/study.h"

namespace emc {

class StudyModelsModel : public QStandardItemModel {
    Q_OBJECT
public:
    enum Role { PathRole = Qt::UserRole + 1, NameRole };

    explicit StudyModelsModel(QObject* parent = nullptr);
    // Keeps what is ticked. Runs that did not get to weights are left out.
    void setModels(const std::vector<ModelInfo>& models, const std::vector<RunInfo>& runs);
    // One entry per model and group of runs, in the order of the list.
    std::vector<StudyModel> chosen() const;
    QStringList ticked() const; // "MODEL" or "MODEL\tPATH"
    void setTicked(const QStringList& ticked);
    static QString groupOf(const QString& run); // its name without the seed
    QStringList groups() const;                 // of runs that were trained as one: "GROUP" of "GROUP/RUN"
    void tickGroup(const QString& group);       // its runs instead of others; baselines stay as they are

signals:
    void tickedChanged();

private:
    void onItem(QStandardItem* item);
    QStringList m_wanted;
    bool m_quiet = false;
};

} // namespace emc
