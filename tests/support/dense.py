"""Accounts of a table by loops and dense inverses, written from the equations, not from the code."""

import numpy as np

from mrio.labels import INVENTORY

ONES = {"exports": "exports", "excluded": "excluded_out", "residual": "residual"}


class Dense:
    """Arrays of a table and its emissions, with A, L, the local inverses and f by numpy alone."""

    def __init__(self, table, F):
        self.table, self.F = table, F.values
        self.x, self.v = table.output.values, table.value_added.values.sum(0)
        self.R, self.n = self.x.shape
        self.N = self.R * self.n
        self.Z = table.Z.values.reshape(self.N, self.N)
        A = np.divide(self.Z, self.x.reshape(-1), out=np.zeros_like(self.Z), where=self.x.reshape(-1) > 0)
        self.L = np.linalg.inv(np.eye(self.N) - A)
        own = [slice(r * self.n, (r + 1) * self.n) for r in range(self.R)]
        self.local = [np.linalg.inv(np.eye(self.n) - A[o, o]) for o in own]
        self.f = self.per_output(self.F)
        self.Y, self.Zs = table.Y.values.sum(3), table.Z.values.sum(3)
        self.m_local = np.array([self.f[r] @ self.local[r] for r in range(self.R)])
        self.m = (self.f.reshape(-1) @ self.L).reshape(self.R, self.n)
        self.outside = {name: table.data[data].values for name, data in ONES.items()}
        self.idle = np.where(self.x == 0, self.F, 0).sum(1)

    def per_output(self, values):
        return np.divide(values, self.x, out=np.zeros_like(self.x), where=self.x > 0)

    def shipped(self, r, s):
        """What r sends to s of every product; at home final demand alone."""
        return self.Y[r, :, s] + (self.Zs[r, :, s] if r != s else 0)

    def called(self, demand):
        return (self.L @ demand.reshape(self.N, -1)).reshape(self.R, self.n, -1)

    def flows(self, method):
        """E[r, s], and by origin sector and by product (r, i, s)."""
        R, n = self.R, self.n
        origin, product = np.zeros((R, n, R)), np.zeros((R, n, R))
        X = self.called(self.Y)
        for r in range(R):
            only_r = np.zeros((R, n))
            only_r[r] = self.f[r]
            for s in range(R):
                T = self.shipped(r, s)
                if method == "eebt":
                    product[r, :, s], origin[r, :, s] = self.m_local[r] * T, self.f[r] * (self.local[r] @ T)
                elif method == "mrio":
                    origin[r, :, s] = self.f[r] * X[r, :, s]
                    product[r, :, s] = ((only_r.reshape(-1) @ self.L).reshape(R, n) * self.Y[:, :, s]).sum(0)
                else:
                    product[r, :, s] = self.m[r] * T
                    demand = np.zeros((R, n))
                    demand[r] = T
                    origin[r, :, s] = (self.f * self.called(demand)[..., 0]).sum(0)
        return product.sum(1), origin, product

    def expected(self, method):
        E, origin, product = self.flows(method)
        m = self.m if method == "gross" else self.m_local
        final = np.array([[m[r] @ self.Y[r, :, s] for s in range(self.R)] for r in range(self.R)])
        off = 1 - np.eye(self.R)
        stock = self.table.Y.sel(category=INVENTORY).values
        made = {
            "flows": E, "flows_by_origin": origin, "flows_by_product": product, "home": np.diag(E),
            "outflow": (E * off).sum(1), "inflow": (E * off).sum(0),
            "sent_final": (final * off).sum(1), "sent_intermediate": ((E - final) * off).sum(1),
            "drawn_final": (final * off).sum(0), "drawn_intermediate": ((E - final) * off).sum(0),
            "production": self.F.sum(1), "zero_output": self.idle,
            "D_imp": np.array([(product[:, :, s] * off[:, [s]]).sum(0) for s in range(self.R)]),
            "D_exp": np.array([(origin[r] * off[r]).sum(1) for r in range(self.R)]),
        }  # fmt: skip
        for name, demand in self.outside.items():
            made[name] = (self.f * self.called(demand)[..., 0] if method == "mrio" else m * demand).sum(1)
        content = m if method == "eebt" else self.m
        made["inventory"] = np.array([(content * stock[:, :, s]).sum() for s in range(self.R)])
        made["consumption"] = made["home"] + made["inflow"]
        if method == "gross":
            made["reshipped"] = made["drawn_intermediate"]
            made["consumption"] = np.array([(self.m * self.Y[:, :, s]).sum() for s in range(self.R)])
        return made

    def traded(self):
        T = self.Y + self.Zs
        for r in range(self.R):
            T[r, :, r] = 0
        return T

    def alpha(self):
        share = self.per_output(self.v)
        return np.array([share[r] @ self.local[r] for r in range(self.R)])
