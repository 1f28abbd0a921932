// Every kind of page, with an address that shows it.
import { Guide } from "../pages/guide.mjs";

/** Opens one of the pages below. A checklist is reached as a person reaches it. */
export async function openRoute(name, page, app) {
  await app.open(ROUTES[name]);
  if (name === "checklist") {
    await new Guide(page).answerFirstChoices();
    await app.settled();
  }
}

export const ROUTES = {
  home: "/",
  services: "/services",
  "services-filtered": "/services?department=household",
  service: "/services/HJ-001",
  guide: "/services/HJ-001/guide",
  checklist: "/services/HJ-001/guide",
  "checklist-unfinished": "/services/HJ-001/checklist",
  map: "/services/HJ-017/map",
  search: "/search?q=%E5%AE%9D%E5%AE%9D%E4%B8%8A%E6%88%B7%E5%8F%A3",
  "search-none": "/search?q=%E4%B9%B0%E8%8F%9C",
  bundles: "/bundles",
  bundle: "/bundles/YJ-001",
  "bundle-questions": "/bundles/YJ-001/questions",
  "bundle-plan": "/bundles/YJ-001/plan",
  basket: "/basket",
  saved: "/saved",
  about: "/about",
  examples: "/examples",
  "not-found": "/nothing/here",
};
