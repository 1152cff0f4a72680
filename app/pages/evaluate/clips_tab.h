#pragma once
// Drill-down of Evaluate: the clips under a cell of the table, and the samples of one of them under one run.
#include <QWidget>

#include "core/api/study.h"

class QComboBox;
class QLabel;

namespace emc {

class Button;
class ValueList;

// What Explore is to show.
struct ExploreWish {
    QString clip, model, weights; // model: the catalogue's name; weights empty: a baseline
    Availability availability;
    quint64 seed = 7;
    int sample = 0;
};

class ClipsTab : public QWidget {
    Q_OBJECT
public:
    explicit ClipsTab(QWidget* parent = nullptr);
    void setEmpty(const QString& sentence);
    // `title`: metric and row; `decimals` of the metric.
    void setClips(const StudyClips& clips, const QString& title, const QString& reference, bool higherIsBetter,
                  int decimals);
    void setDetail(const StudyClipDetail& detail, const QString& metric, bool higherIsBetter, int decimals);
    void setDetailProblem(const QString& sentence);
    int chosenClip() const; // StudyClip::place, -1: none
    int chosenRun() const;
    ValueList& clips() { return *m_clips; }
    ValueList& samples() { return *m_samples; }
    const StudyClipDetail& detail() const { return m_detail; }

signals:
    void detailWanted(int clip, int run);
    void exploreRequested(const emc::ExploreWish& wish);

private:
    void explore();
    QLabel *m_title, *m_note, *m_empty, *m_detailTitle, *m_detailNote, *m_legend;
    QWidget* m_body;
    ValueList *m_clips, *m_samples;
    QComboBox* m_run;
    Button* m_explore;
    StudyClipDetail m_detail;
};

} // namespace emc
