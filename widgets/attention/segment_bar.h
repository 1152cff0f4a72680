#pragma once
// Segmented buttons: one of a few, always visible. Arrow keys move the choice. One that folds moves its segments
// together where they would not fit, and then becomes a button with a menu, so that nothing of it is ever cut.
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
    void setFolds(bool folds);
    bool isFolded() const;
    QRect itemRect(int index) const; // folded: the whole bar for the current one, nothing for the others
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

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
    int itemWidth(int index, int padding) const;
    int fullWidth(int padding) const;
    int padding() const; // of the width there is
    void choose(int index);
    void paintFolded(QPainter& painter) const;
    void openMenu();
    QStringList m_items, m_why;
    QList<bool> m_enabled;
    int m_current = 0, m_hover = -1;
    bool m_folds = false;
};

} // namespace emc
