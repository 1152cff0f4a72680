#pragma once
// A session names clips that are no longer where they were: the user shows where to look, the dialog finds them.
#include <QDialog>
#include <QMap>
#include <QStringList>

#include "app/session/relink.h"

class QLabel;
class QTableWidget;

namespace emc {

class Button;

class RelinkDialog : public QDialog {
    Q_OBJECT
public:
    RelinkDialog(const QStringList& missing, const QMap<QString, QString>& hashes, ClipHash hashOf,
                 QWidget* parent = nullptr);
    void lookIn(const QString& folder); // for everything that is still missing
    const QMap<QString, QString>& moved() const { return m_moved; }

private:
    void refresh();
    void chooseOne();
    QStringList m_missing;
    QMap<QString, QString> m_hashes, m_moved;
    ClipHash m_hashOf;
    QLabel *m_heading, *m_note;
    QTableWidget* m_table;
    Button *m_look, *m_one, *m_open;
};

} // namespace emc
