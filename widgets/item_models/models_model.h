#pragma once
// The models of the catalogue as a checkable list. A checked model gets the lowest free slot 1..6 and keeps it until it
// is unchecked or the user moves it.
#include <QAbstractListModel>
#include <QVector>

#include <vector>

#include "core/api/reaction_model.h"

namespace emc {

class ModelsModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int kSlots = 6;
    enum Role { NameRole = Qt::UserRole + 1, SlotRole, StateRole, UsableRole, IsListenerRole, HelpRole };

    explicit ModelsModel(QObject* parent = nullptr);
    void setModels(const std::vector<ModelInfo>& models);
    void setListener(bool available, const QString& state = {}); // last row "Real listener", chip "R"
    void setState(const QString& name, const QString& state);    // "cached", "streams", "62 ms"; shown at the right
    void setCheckable(int most);                                 // how many may be checked at once, <= 6

    bool setChecked(const QString& name, bool checked); // false when unknown, unusable or no slot is free
    bool isChecked(const QString& name) const;
    bool listenerChecked() const;
    void setListenerChecked(bool checked);
    int slotOf(const QString& name) const; // 0 = none
    QStringList checkedNames() const;      // by slot
    void swapSlots(int a, int b);
    const ModelInfo* model(const QModelIndex& index) const; // null for the listener

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void checkedChanged(); // which models are shown, or their slots
    void listenerCheckedChanged(bool checked);
    void slotsFull(); // a seventh was asked for

private:
    struct Row {
        ModelInfo info;
        QString state;
        int slot = 0;
    };
    int rowOf(const QString& name) const;
    int freeSlot() const;

    QVector<Row> m_rows;
    bool m_listener = false, m_listenerChecked = false;
    QString m_listenerState;
    int m_most = kSlots;
};

} // namespace emc
