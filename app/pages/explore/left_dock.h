#pragma once
// Left dock of Explore: clips (searchable), conditions of the clip, models with their slots. Folds to a rail of 40 px
// in narrow windows.
#include <QWidget>

#include "app/session/session_state.h"
#include "widgets/item_models/clips_model.h"
#include "widgets/item_models/models_model.h"

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;
class QListView;
class QVBoxLayout;

namespace emc {

class IconButton;

class LeftDock : public QWidget {
    Q_OBJECT
public:
    LeftDock(ClipsModel& clips, ModelsModel& models, QWidget* parent = nullptr);
    // face, speech: the switches of the whole clip.
    void setConditions(const ClipConditions& conditions, double rateHz, bool face = true, bool speech = true);
    void setCurrentClip(const QString& path);
    void focusSearch();
    void setSpanKey(const QString& key); // of "add a missing span"

signals:
    void clipChosen(const QString& path);
    void openRequested(); // the plus of the clips
    void spanChosen(emc::Modality modality, int index);
    void spanRemoved(emc::Modality modality, int index);
    void addSpanRequested();

private:
    QWidget* section(const QString& title, QLabel*& note, IconButton* button);
    ClipsModel& m_clips;
    ModelsModel& m_models;
    QLineEdit* m_search;
    QTreeView* m_tree;
    QListView* m_list;
    QSortFilterProxyModel* m_filter;
    QLabel *m_clipCount = nullptr, *m_spanCount = nullptr, *m_modelCount = nullptr;
    QVBoxLayout* m_spans;
    QWidget* m_spanBox;
    IconButton* m_addSpan = nullptr;
};

// Icons that open the dock over the page.
class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget* parent = nullptr);

signals:
    void toggled();
};

} // namespace emc
