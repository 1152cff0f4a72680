#pragma once
// Segmented buttons: one of a few, always visible. Arrow keys move the choice.
#include <QStringList>
#include <QWidget>

namespace emc {

class SegmentBar : public QWidget {
    Q_OBJECT
public:
    explicit SegmentBar(QWidget* parent = nullptr);
    void setItems(const QStringList& items); // keeps the current index where it exists
    QStringList items() const { return m_items; }
    int current() const { return m_current; }
    void setCurrent(int index); // no signal
    void setItemEnabled(int index, bool enabled, const QString& why = {});
    QRect itemRect(int index) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    int itemAt(const QPoint& point) const;
    void choose(int index);
    QStringList m_items, m_why;
    QList<bool> m_enabled;
    int m_current = 0, m_hover = -1;
};

} // namespace emc
