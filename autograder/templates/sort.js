// Buttons in the headers of tables that can be sorted. Without JavaScript they stay as they are.
for (const table of document.querySelectorAll("table.sortable")) {
  const headers = [...table.rows[0].cells];
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.textContent = header.textContent;
    header.replaceChildren(button);
    button.addEventListener("click", () => {
      const order = header.ariaSort === "ascending" ? "descending" : "ascending";
      headers.forEach((other) => other.removeAttribute("aria-sort"));
      header.ariaSort = order;
      const value = (row) => row.cells[column].textContent.trim();
      const compare = (a, b) => value(a).localeCompare(value(b), undefined, { numeric: true });
      const rows = [...table.rows].slice(1).sort(compare);
      table.tBodies[0].append(...(order === "ascending" ? rows : rows.reverse()));
    });
  });
}
