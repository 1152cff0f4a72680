#pragma once
// Left side of Evaluate: what to score. Gives a StudyRequest; keeps nothing else.
#include <QJsonObject>
#include <QWidget>

#include <vector>

#include "core/api/backend.h"
#include "core/api/study_service.h"
#include "widgets/study/study_table_model.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QTreeView;
class QVBoxLayout;

namespace emc {

class Button;
class SegmentedControl;
class StudyModelsModel;

class StudyForm : public QWidget {
    Q_OBJECT
public:
    explicit StudyForm(QWidget* parent = nullptr);

    void setModels(const std::vector<ModelInfo>& models, const std::vector<RunInfo>& runs);
    void setStudiesFolder(const QString& folder) { m_studies = folder; } // where studies go that name no folder
    void setCorpus(const QString& folder);
    QString corpus() const;
    StudyRequest request() const;
    QString fault() const; // why it cannot start, one sentence; empty = it can
    StudyTableModel::Shown shown() const;
    QJsonObject state() const;
    void setState(const QJsonObject& state); // what is not in it stays
    void setNarrow(bool narrow);             // no room for the published column
    void setLocked(bool locked);             // while a study runs; what is only about the look stays open

signals:
    void changed();      // of what is to be scored
    void shownChanged(); // columns only

public slots:
    void chooseCorpus(); // asks

private:
    static constexpr int kMostCorpora = 8; // that the list keeps
    QWidget* section(QVBoxLayout* column, const QString& title, QLabel** note = nullptr);
    void buildSource(QVBoxLayout* column);
    void buildModels(QVBoxLayout* column);
    void buildConditions(QVBoxLayout* column);
    void buildSizes(QVBoxLayout* column);
    void buildColumns(QVBoxLayout* column);
    void refreshNotes();
    QString studyFolder() const;
    static QString publishedHelp();
    // By the names they have in a session.
    std::vector<std::pair<const char*, QCheckBox*>> boxes() const;
    std::vector<std::pair<const char*, QSpinBox*>> spins() const;

    QString m_studies;
    std::vector<ModelInfo> m_infos;
    QComboBox *m_corpus, *m_partition, *m_device;
    QLineEdit* m_folder;
    StudyModelsModel* m_models;
    QTreeView* m_tree;
    QLabel* m_modelNote = nullptr;
    QCheckBox *m_everything, *m_noFace, *m_noSpeech, *m_cma, *m_zeros, *m_mean;
    QSpinBox *m_samples, *m_draws, *m_seed, *m_clips, *m_frames;
    SegmentedControl* m_variant;
    QCheckBox *m_change, *m_deviation, *m_published, *m_untrained;
    std::vector<QWidget*> m_lockable;
    bool m_setting = false, m_narrow = false;
    Button* m_groups = nullptr;
};

} // namespace emc
