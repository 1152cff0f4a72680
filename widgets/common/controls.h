#pragma once
// Small controls of the program that Qt does not have, all drawn from the Theme.
#include <QAbstractButton>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include <optional>

#include "widgets/common/theme.h"

class QButtonGroup;
class QHBoxLayout;
class QVBoxLayout;

namespace emc {

// A flat button that is only an icon. Its tooltip (with the key in brackets) and accessible name come from `name`.
class IconButton : public QToolButton {
    Q_OBJECT
public:
    IconButton(const QString& icon, const QString& name, QWidget* parent = nullptr, int side = 28);
    void setIconName(const QString& icon);
    void setName(const QString& name, const QString& key = {});

protected:
    void changeEvent(QEvent* event) override;
    QSize sizeHint() const override { return {m_side, m_side}; }

private:
    QString m_icon;
    int m_side;
};

// A push button with a line icon that follows the theme. Kinds are set by properties: "primary", "danger", "small",
// "flat", "link".
class Button : public QPushButton {
    Q_OBJECT
public:
    explicit Button(const QString& text, QWidget* parent = nullptr, const QString& icon = {});
    void setIconName(const QString& icon);
    Button* with(const char* kind) {
        setProperty(kind, true);
        refreshIcon();
        return this;
    }

protected:
    void changeEvent(QEvent* event) override;

private:
    void refreshIcon();
    QString m_icon;
};

// Face | Speech | EA | EMC: outlined in the colour of its meaning when on, hatched and grey when off; icon, word and
// key cap.
class MeaningToggle : public QAbstractButton {
    Q_OBJECT
public:
    MeaningToggle(Meaning meaning, const QString& icon, const QString& text, const QString& key,
                  QWidget* parent = nullptr);
    void setKeyVisible(bool visible);
    void setKey(const QString& key); // shown as a cap when it is one character; empty = none
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override;
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    Meaning m_meaning;
    QString m_icon, m_key;
    bool m_keyVisible = true;
};

// One of several, side by side in one box ("mean 1 2 3 4").
class SegmentedControl : public QWidget {
    Q_OBJECT
public:
    explicit SegmentedControl(QWidget* parent = nullptr);
    void setItems(const QStringList& texts, const QStringList& accessibleNames = {});
    void setIcons(const QStringList& icons);
    int current() const { return m_current; }
    int count() const;
    void setCurrent(int index); // silent
    void setItemEnabled(int index, bool enabled, const QString& why = {});

signals:
    void chosen(int index); // by the user

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    QHBoxLayout* m_row;
    QButtonGroup* m_group;
    QStringList m_icons;
    int m_current = 0;
};

// The number chip of a series slot; always stands with the slot's colour. "R" with slot -1 is the real listener.
class SlotChip : public QWidget {
    Q_OBJECT
public:
    explicit SlotChip(int slot = 0, QWidget* parent = nullptr);
    void setSlot(int slot) { m_slot = slot, update(); } // 0-based; -1 = real listener; -2 = empty
    int slotIndex() const { return m_slot; }
    QSize sizeHint() const override { return {16, 16}; }
    static void paint(QPainter& painter, const QRectF& rect, const Theme& theme, int slot, const QString& text = {});

protected:
    void paintEvent(QPaintEvent*) override;

private:
    int m_slot;
};

// A word with an icon over a picture (base at 82 or 88 %), or a quiet outlined one in a row.
class TextChip : public QWidget {
    Q_OBJECT
public:
    explicit TextChip(QWidget* parent = nullptr);
    void set(const QString& text, const QString& icon = {}, std::optional<Meaning> meaning = std::nullopt);
    const QString& text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    QString m_text, m_icon;
    std::optional<Meaning> m_meaning;
};

// A label of one line that ends in an ellipsis where its room ends.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    using QLabel::QLabel;
    QSize minimumSizeHint() const override { return {20, QLabel::minimumSizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override;
};

// A label with one of the roles of the style sheet: muted, caption, field, card, title,
// heading, count, danger, ok.
QLabel* makeLabel(const QString& text, const char* role = nullptr, QWidget* parent = nullptr);
void setRole(QLabel* label, const char* role);
// A line of 1 px.
QFrame* makeLine(Qt::Orientation orientation, QWidget* parent = nullptr);
// A framed panel on base colour.
QFrame* makePanel(QWidget* parent = nullptr);
// The first row of a panel: title and a muted note, then room for controls at the right.
QHBoxLayout* addPanelHeader(QVBoxLayout* column, QWidget* panel, const QString& title, QLabel*& note);

} // namespace emc
