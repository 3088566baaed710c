#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "reports/record/moment_words.hpp"
#include "reports/verdict/byte_stream.hpp"
#include "scenarios/vocabulary/time.hpp"

/// Both ways through the bytes of evidence, for evidence_bytes.cpp. Each shape is written down
/// once, as a walk over its members; writing and reading are two archives that walk it.
namespace shakedown::verdict {

struct Writing {
    static constexpr bool reads = false;
    ByteWriter bytes;

    template <class T>
    void number(T const& n) {
        bytes.number(n);
    }
    template <class E>
    void word(E const& e) {
        bytes.number(static_cast<std::uint64_t>(e));
    }
    std::size_t count(std::size_t n, std::size_t /*size*/) {
        bytes.number(static_cast<std::uint64_t>(n));
        return n;
    }
};

struct Reading {
    static constexpr bool reads = true;
    ByteReader bytes;

    template <class T>
    void number(T& n) {
        bytes.into(n);
    }
    template <class E>
    void word(E& e) {
        e = static_cast<E>(bytes.upTo(record::countOf<E>() - 1));
    }
    std::size_t count(std::size_t, std::size_t size) { return bytes.count(size); }
};

template <class A, class T, class F>
void walkList(A& a, std::vector<T>& list, std::size_t leastBytes, F const& each) {
    std::size_t const n = a.count(list.size(), leastBytes);
    if constexpr (A::reads) {
        list.resize(n);
    }
    for (T& item : list) {
        each(item);
    }
}

template <class A>
void walk(A& a, Duration& d) {
    std::int64_t n = d.count();
    a.number(n);
    d = Duration::nanoseconds(n);
}

template <class A>
void walk(A& a, SimTime& t) {
    std::int64_t n = t.count();
    a.number(n);
    t = SimTime::atNanoseconds(n);
}

} // namespace shakedown::verdict
