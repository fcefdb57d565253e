"""Three people under everything.yaml: together they reach every operation."""

from typing import Final

__all__ = ["CASES"]

CASES: Final = {
    "full": """{sales: {actual: 880000, target: 800000}, leads: {actual: 130},
        cac: {actual: 4800, target: 5000}, conversion: {actual: 11%, target: 12%, baseline: 8%},
        cpc: {actual: 6, target: 7}, spend: {actual: 1073, target: 1000}, short: {actual: 71},
        rank: {actual: 2}, creative: {level: 良好}, launch: {done: true},
        teamwork: {ratings: {manager: [85], peer: [95, 90, 87, 86, 60]}},
        events: {initiative: 3, idea: {points: [8, 6]}, late: 1, fraud: 1},
        person: {bonus_base: 10000, suspended: "no", joined: 2024-08-16},
        cycle: {from: 2024-07-01, to: 2024-09-30}}""",
    "poor": """{sales: {actual: 90, target: 800000}, leads: {actual: 160},
        cac: {actual: 0, target: 5000}, conversion: {actual: 7%, target: 12%, baseline: 8%},
        cpc: {actual: 6, target: 8}, spend: {actual: 900, target: 1000}, short: {actual: 11},
        rank: {actual: -1}, survey: {actual: 50},
        teamwork: {ratings: {manager: [85], peer: [80, 81], client: [70]}},
        events: {late: 7, leak: 2}, person: {bonus_base: 20, suspended: "no"}}""",
    "fair": """{sales: {actual: 640000, target: 800000}, leads: {actual: 110},
        cac: {actual: 5000, target: 5000}, conversion: {actual: 12%, target: 12%, baseline: 8%},
        cpc: {actual: 6, target: 8}, spend: {actual: 1000, target: 1000}, short: {actual: 90},
        rank: {actual: 6}, survey: {actual: 100}, creative: {level: 优秀}, launch: {done: false},
        teamwork: {ratings: {manager: [85], peer: [80, 81], client: [70]}},
        person: {bonus_base: 70, suspended: "no"}}""",
}
