#pragma once
// Small drawn parts of the Doctor page. Internal to this folder.
#include <QLocale>
#include <QPainter>
#include <QWidget>

#include <algorithm>

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

namespace emc {

// An icon that follows the theme.
class Mark : public QWidget {
public:
    Mark(QString name, bool good, int size, QWidget* parent)
        : QWidget(parent), m_name(std::move(name)), m_good(good), m_size(size) {
        setFixedSize(size, size);
    }
    void setQuiet(bool quiet) { m_quiet = quiet, update(); } // nothing to be alarmed about

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Theme& theme = Theme::of(this);
        painter.drawPixmap(0, 0,
                           iconPixmap(m_name,
                                      m_quiet  ? theme.muted
                                      : m_good ? theme.ok
                                               : theme.danger,
                                      m_size, devicePixelRatioF()));
    }

private:
    QString m_name;
    bool m_good, m_quiet = false;
    int m_size;
};

// A row that stands out while something is broken.
class CheckRow : public QWidget {
public:
    CheckRow(bool ok, QWidget* parent) : QWidget(parent), m_ok(ok) {}

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Theme& theme = Theme::of(this);
        if (!m_ok) painter.fillRect(rect(), theme.dangerFill);
        painter.fillRect(0, 0, width(), 1, theme.border); // the panel closes the last one
    }

private:
    bool m_ok;
};

// A measured value beside its budget; a bar shows how much of it is used.
class Gauge : public QWidget {
public:
    Gauge(const QString& name, const QString& unit, double budget, int decimals, QWidget* parent)
        : QWidget(parent), m_name(name), m_unit(unit), m_budget(budget), m_decimals(decimals) {
        setFixedHeight(32);
        set(-1);
    }
    void set(double value) {
        m_value = value > 0 ? value : -1; // an answer from memory took no time worth a number
        setAccessibleName(value < 0 ? QStringLiteral("%1: –").arg(m_name)
                                    : QStringLiteral("%1: %2, %3").arg(m_name, number(value), budget()));
        setToolTip(accessibleName());
        update();
    }

protected:
    QString number(double value) const { return locale().toString(value, 'f', m_decimals); }
    QString budget() const { return QStringLiteral("≤ %1\u2009%2").arg(number(m_budget), m_unit); }
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        p.setFont(theme.font(12));
        p.setPen(theme.text);
        p.drawText(QRect(0, 0, width() - 130, 20), Qt::AlignVCenter, m_name);
        p.setPen(theme.muted);
        p.drawText(QRect(width() - 74, 0, 74, 20), Qt::AlignVCenter | Qt::AlignRight, budget());
        p.setFont(theme.font(12, QFont::DemiBold));
        p.setPen(theme.text);
        p.drawText(QRect(width() - 140, 0, 60, 20), Qt::AlignVCenter | Qt::AlignRight,
                   m_value < 0 ? QStringLiteral("–") : number(m_value));
        p.setPen(Qt::NoPen);
        p.setBrush(theme.pressed);
        p.drawRoundedRect(QRectF(0, 23, width(), 4), 2, 2);
        if (m_value <= 0) return;
        p.setBrush(m_value <= m_budget ? theme.ok : theme.warning);
        p.drawRoundedRect(QRectF(0, 23, width() * std::min(1.0, m_value / m_budget), 4), 2, 2);
    }

private:
    QString m_name, m_unit;
    double m_budget, m_value = -1;
    int m_decimals;
};

} // namespace emc
